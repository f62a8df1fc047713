import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { SHORTCUTS, type ShortcutId } from '#shared/shortcuts/table.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { pressKeys } from './support/press-keys.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the keyboard');

const heading = (page: Page, name: string): Promise<void> =>
  page.locator('main h1', { hasText: name }).waitFor({ state: 'attached' });
const sent = ({ engine }: OpenWindow, name: string): readonly unknown[] =>
  engine.calls.filter((call) => call.name === name).map(({ input }) => input);
const region = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'] ?? null);
const dialog = (page: Page, name: string): Promise<void> => page.getByRole('dialog', { name }).waitFor();

const closeDialogs = async (page: Page): Promise<void> => {
  const open = page.locator('[role="dialog"]');
  if ((await open.count()) > 0) await open.first().press('Escape');
  await expect.poll(() => open.count()).toBe(0);
};

type Effect = {
  readonly before?: (window: OpenWindow) => Promise<void>;
  readonly seen: (window: OpenWindow) => Promise<void>;
  /** It leaves the window as no other shortcut would find it. */
  readonly lasts?: true;
};

const opens = (name: string): Effect => ({ seen: ({ page }) => heading(page, name) });

/** What each shortcut does that a person can see. One that is added without a row here does not compile. */
const EFFECTS: Readonly<Record<ShortcutId, Effect>> = {
  spawn: {
    lasts: true,
    seen: async (window) => {
      await heading(window.page, 'Command');
      await expect.poll(() => sent(window, 'cycle.start')).toHaveLength(1);
    },
  },
  cancel: {
    lasts: true,
    before: async ({ page }) => {
      await page.keyboard.press('Control+Enter');
      await page.locator('[data-stage="context"]').waitFor();
    },
    seen: async (window) => {
      await expect.poll(() => sent(window, 'cycle.cancel')).toHaveLength(1);
    },
  },
  kill: {
    lasts: true,
    seen: ({ page }) => page.getByTestId('kill-steps').waitFor(),
  },
  halt: {
    lasts: true,
    seen: async (window) => {
      await window.page.getByTestId('reducing').waitFor();
      expect(sent(window, 'engine.kill')).toEqual([]);
    },
  },
  lock: {
    lasts: true,
    before: async ({ page, engine }) => {
      engine.set({ protection: { slot: 'passphrase', protected: true, label: 'passphrase' } });
      await page.getByText('Protected', { exact: true }).waitFor();
    },
    seen: ({ page }) => page.getByLabel('Passphrase').waitFor(),
  },
  'mode.full': {
    lasts: true,
    seen: ({ page }) => page.getByTestId('modes').waitFor(),
  },
  'mode.semi': {
    lasts: true,
    seen: ({ page }) => page.locator('[data-testid="mode"][data-mode="semi"]').waitFor(),
  },
  'mode.manual': {
    lasts: true,
    seen: ({ page }) => page.locator('[data-testid="mode"][data-mode="manual"]').waitFor(),
  },
  'mode.emergency': {
    lasts: true,
    seen: ({ page }) => page.getByTestId('modes').waitFor(),
  },
  palette: { seen: ({ page }) => dialog(page, 'Command palette') },
  'region.next': {
    seen: async ({ page }) => {
      expect(await region(page)).toBe('screen');
      await page.keyboard.press('F6');
      expect(await region(page)).toBe('strip');
    },
  },
  'region.previous': {
    before: ({ page }) => page.keyboard.press('F6'),
    seen: async ({ page }) => expect(await region(page)).toBe('rail'),
  },
  'go.command': opens('Command'),
  'go.market': opens('Market'),
  'go.agents': opens('Agents'),
  'go.approvals': opens('Approvals'),
  'go.portfolio': opens('Portfolio'),
  'go.lab': opens('Lab'),
  'go.performance': opens('Performance'),
  'go.memory': opens('Memory'),
  'go.news': opens('News'),
  'go.models': opens('Models'),
  'go.audit': opens('Audit'),
  'go.health': opens('Health'),
  'go.terminal': opens('Terminal'),
  'go.settings': opens('Settings'),
  terminal: opens('Terminal'),
  settings: opens('Settings'),
  alerts: { seen: ({ page }) => dialog(page, 'Alerts') },
  help: { seen: ({ page }) => dialog(page, 'Keyboard shortcuts') },
};

describe.skipIf(left)('the keyboard', () => {
  const openWindow = useWindows();

  it('is listed whole by ?, and everything that is listed acts when its listed keys are pressed', async () => {
    const window = await openWindow({ pauseAt: 2 });
    const { page } = window;
    await page.keyboard.press('?');
    const listed = await page
      .locator('[role="dialog"] [data-shortcut]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-shortcut')));
    expect(listed).toEqual(SHORTCUTS.map(({ id }) => id));
    await closeDialogs(page);
    for (const { id, keys, twice } of SHORTCUTS) {
      const { before, seen, lasts } = EFFECTS[id];
      const at = lasts === true ? await openWindow({ pauseAt: 2 }) : window;
      await goTo(at.page, id === 'go.command' ? '/audit' : '/');
      await at.page.getByTestId('mode').waitFor();
      await before?.(at);
      await pressKeys(at.page, keys, twice === true ? 2 : 1);
      await seen(at).catch((error: unknown) => {
        throw new Error(`${id} (${keys}) showed nothing: ${String(error)}`);
      });
      if (lasts === true) await at.page.close();
      else {
        // Out of the terminal, whose keys are its own, and out of every dialog.
        await goTo(at.page, '/audit');
        await heading(at.page, 'Audit');
        await at.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        await closeDialogs(at.page);
      }
    }
  });
});
