import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { commandName } from '#shared/commands/command.ts';
import { commands } from '#shared/commands/registry.ts';
import { usageOf } from '#shared/commands/usage.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { axeOn } from './support/grave-faults.ts';
import { overflow, smallTargets } from './support/look-checks.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the command palette');

const paletteOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Command palette' });
const field = (page: Page): Locator => paletteOf(page).getByRole('combobox');

/** Opens it and types. */
const find = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  await field(page).fill(text);
};
const choose = async (page: Page, text: string, id: string): Promise<void> => {
  await find(page, text);
  await paletteOf(page).locator(`[data-entry="${id}"][data-highlighted]`).waitFor();
  await page.keyboard.press('Enter');
  await paletteOf(page).waitFor({ state: 'detached' });
};
const typed = ({ engine }: OpenWindow): readonly unknown[] =>
  engine.calls.filter(({ name }) => name === 'terminal.write').map(({ input }) => (input as { data: string }).data);
const hashOf = (page: Page): string => new URL(page.url()).hash;

describe.skipIf(left)('the command palette', () => {
  const openWindow = useWindows();

  it('finds every command of the registry by its words, before every other command, and by its other names', async () => {
    const open = await openWindow();
    const { page } = open;
    await page.keyboard.press('Control+k');
    const input = field(page);
    for (const command of commands) {
      await input.fill(commandName(command));
      for (const words of [commandName(command), ...(command.aliases ?? []).map((alias) => alias.join(' '))]) {
        await input.fill(words);
        // A screen of the same name may stand before it, another command may not.
        await page.waitForFunction(
          (id) => document.querySelector('[data-entry^="command-"]')?.getAttribute('data-entry') === id,
          `command-${command.id}`,
        );
      }
    }
    // A colon lists them all, and nothing else.
    await input.fill(':');
    await paletteOf(page)
      .locator(`[data-entry="command-${commands.at(-1)?.id}"]`)
      .waitFor({ state: 'attached' });
    expect(await paletteOf(page).locator('[data-entry]').count()).toBe(commands.length);
  });

  it('asks the engine for nothing when it opens and while one types', async () => {
    const open = await openWindow();
    const { page, engine } = open;
    await page.getByTestId('spawn').waitFor();
    await page.waitForLoadState('networkidle');
    const before = new Set(engine.calls.map(({ name }) => name));
    const asked = engine.calls.length;
    await find(page, 'kill');
    await paletteOf(page).locator('[data-entry="command-kill"]').waitFor();
    // What the window asks by itself from time to time, it has asked before; none of that is what the palette lists.
    const since = engine.calls.slice(asked).map(({ name }) => name);
    expect(since.filter((name) => !before.has(name) || /^(agents|market|settings|preferences)\./.test(name))).toEqual(
      [],
    );
  });

  it('shows what a command takes and may do, and runs at once only what reads and lacks nothing', async () => {
    const open = await openWindow();
    const { page } = open;
    const kill = commands.find(({ id }) => id === 'kill');
    await find(page, 'kill');
    const row = paletteOf(page).getByRole('option', { name: /^kill / });
    expect(await row.textContent()).toContain('lowers risk');
    expect(await page.getByTestId('usage').textContent()).toBe(kill === undefined ? '' : usageOf(kill));
    await paletteOf(page).getByText('Nothing runs until you press Enter there.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('terminal').getByText('typed :kill').waitFor();
    expect(hashOf(page)).toBe('#/terminal');
    expect(typed(open)).toEqual([':kill ']);
    // The keys are the terminal's now.
    await page.keyboard.type('x');
    await page.getByTestId('terminal').getByText('typed x').waitFor();

    await goTo(page, '/audit');
    await choose(page, 'mt status', 'command-status');
    await page.getByTestId('terminal').getByText('typed :status').waitFor();
    await goTo(page, '/audit');
    await choose(page, 'agent why', 'command-agent.why');
    await page.getByTestId('terminal').getByText('typed :agent why').waitFor();
    expect(typed(open)).toEqual([':kill ', 'x', ':status\r', ':agent why ']);
  });

  it('types into a terminal of its own, never into one where a question may wait', async () => {
    const open = await openWindow({ route: '/terminal' });
    const { page, engine } = open;
    await page.getByTestId('terminal').getByText('ready').waitFor();
    // While it has the keys they are its own; the button opens the palette then.
    await page.getByRole('button', { name: 'Find anything' }).click();
    await field(page).fill('version');
    await paletteOf(page).locator('[data-entry="command-version"][data-highlighted]').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('terminal').getByText('typed :version').waitFor();
    const terminals = engine.calls
      .map(({ name }) => name)
      .filter((name) => ['terminal.open', 'terminal.close', 'terminal.write'].includes(name));
    expect(terminals.filter((name) => name === 'terminal.open')).toHaveLength(2);
    expect(terminals.filter((name) => name === 'terminal.close')).toHaveLength(1);
    // Coming back later types nothing again.
    await goTo(page, '/audit');
    await goTo(page, '/terminal');
    await page.getByTestId('terminal').getByText('ready').waitFor();
    expect(typed(open)).toEqual([':version\r']);
  });

  it('goes to screens, settings, agents and instruments', async () => {
    const open = await openWindow();
    const { page } = open;
    await choose(page, 'audit', 'screen-audit');
    await page.waitForURL(/#\/audit$/);
    await choose(page, 'density', 'settings-appearance');
    await page.waitForURL(/#\/settings\/appearance$/);
    await choose(page, 'eth', 'instrument-ETH/USDT-SIMULATED');
    await page.waitForURL(/#\/market$/);
    await page.getByRole('combobox', { name: 'Instrument' }).getByText('ETH/USDT').waitFor();
    await choose(page, 'A-7d10e4c6', 'agent-A-7d10e4c6');
    await page.waitForURL(/#\/agents\/A-7d10e4c6$/);
  });

  it('does what the window does: theme, shortcuts, alerts, and the lock where there is one', async () => {
    const open = await openWindow();
    const { page, engine } = open;
    await find(page, 'lock this window');
    expect(await paletteOf(page).locator('[data-entry="action-lock"]').count()).toBe(0);
    await page.keyboard.press('Escape');
    await paletteOf(page).waitFor({ state: 'detached' });
    await choose(page, 'theme', 'action-theme');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    expect(engine.calls.filter(({ name }) => name === 'preferences.set').map(({ input }) => input)).toHaveLength(1);
    await choose(page, 'keyboard short', 'action-shortcuts');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Find a screen, an agent').waitFor();
    // Another dialog keeps its question.
    await sheet.getByRole('button', { name: 'Close' }).press('Control+k');
    expect(await paletteOf(page).count()).toBe(0);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await choose(page, 'alerts', 'action-alerts');
    await page.getByRole('dialog', { name: 'Alerts' }).waitFor();
    await page.keyboard.press('Escape');
    engine.set({ protection: { slot: 'passphrase', protected: true, label: 'passphrase' } });
    await page.getByText('Protected', { exact: true }).waitFor();
    await choose(page, 'lock this window', 'action-lock');
    await page.getByLabel('Passphrase').waitFor();
    expect(engine.calls.some(({ name }) => name === 'vault.lock')).toBe(true);
  });

  it('leaves the kill button in sight and in reach, and is closed by its key, by Esc and by a press beside it', async () => {
    const open = await openWindow();
    const { page } = open;
    await find(page, 'nothing is called zzz');
    await paletteOf(page).getByText('Nothing is called that').waitFor();
    await field(page).press('Control+k');
    await paletteOf(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await field(page).press('Escape');
    await paletteOf(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Meta+k');
    const box = await paletteOf(page).boundingBox();
    expect(box === null ? 0 : box.y).toBeGreaterThanOrEqual(40);
    await page.mouse.click(20, 600);
    await paletteOf(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    const kill = await page.getByRole('button', { name: /Kill switch/ }).boundingBox();
    if (kill === null) throw new Error('the kill button is not on screen');
    await page.mouse.move(kill.x + kill.width / 2, kill.y + kill.height / 2);
    await page.mouse.down();
    await page.getByTestId('kill-steps').waitFor();
    await page.mouse.up();
    expect(await paletteOf(page).count()).toBe(0);
  });

  it.each([
    ['dark', 1440, 900, 1],
    ['light', 1024, 680, 1],
    ['dark', 1024, 680, 2],
  ] as const)('is accessible and fits: %s, %i x %i, zoom %i', async (theme, width, height, zoom) => {
    const open = await openWindow({ theme, width, height, zoom });
    const { page } = open;
    for (const text of ['', 'order', 'zzzz']) {
      if (text === '') await page.keyboard.press('Control+k');
      await field(page).fill(text);
      await paletteOf(page)
        .locator(text === 'zzzz' ? 'text=Nothing is called that' : '[data-highlighted]')
        .waitFor();
      expect(await overflow(page), text).toEqual([]);
      expect(await smallTargets(page), text).toEqual([]);
      const { violations } = await axeOn(page, '[role="dialog"]').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
        text,
      ).toEqual([]);
    }
  });
});
