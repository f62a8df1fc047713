import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { SHORTCUTS, type ShortcutId } from '#shared/shortcuts/table.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { focusTrouble } from './support/focus-checks.ts';
import { pressKeys } from './support/press-keys.ts';
import { goTo, type OpenWindow, ROUTES } from './support/window.ts';
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

  it('goes with Tab through every screen to its end, each stop in sight with a ring of 3 : 1, and out of the terminal with F6', async () => {
    const window = await openWindow();
    const { page } = window;
    const wrong: string[] = [];
    for (const route of ROUTES) {
      await goTo(page, route);
      await page.locator('main h1').waitFor({ state: 'attached' });
      await page.waitForFunction(() => document.querySelector('main [role="status"] .pulse') === null);
      if (route === '/terminal') {
        await page.locator('[data-testid="terminal"] textarea').waitFor();
        await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
        await page.keyboard.press('F6');
        expect(await region(page), route).toBe('strip');
        continue;
      }
      await page.locator('main').focus();
      let at: string | null = 'screen';
      for (let presses = 0; at !== 'strip'; presses += 1) {
        if (presses > 250) throw new Error(`the focus never leaves ${route}`);
        await page.keyboard.press('Tab');
        const seen = await focusTrouble(page);
        wrong.push(...seen.wrong.map((text) => `${route}: ${text}`));
        at = seen.region;
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is enough from the first screen of all to the kill switch', async () => {
    const window = await openWindow({ fresh: true, mode: 'semi', preferences: { welcomed: false } });
    const { page } = window;
    const wrong: string[] = [];
    /** Tab until the control is reached; every stop on the way is looked at. */
    const reach = async (control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
      await control.waitFor();
      for (let presses = 0; presses < 200; presses += 1) {
        const seen = await focusTrouble(page);
        wrong.push(...seen.wrong);
        if (await control.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press(key);
      }
      throw new Error(`200 presses of ${key} do not reach ${control}`);
    };
    const choose = async (control: Locator): Promise<void> => {
      await reach(control);
      await page.keyboard.press('Enter');
    };
    const screen = async (name: string): Promise<void> => {
      await choose(page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }));
      await heading(page, name);
    };

    await choose(page.getByRole('button', { name: 'Start simulated trading' }));
    await choose(page.getByTestId('spawn'));
    await choose(page.getByRole('button', { name: 'Approve & spawn' }));
    await expect.poll(() => sent(window, 'approvals.approve')).toHaveLength(1);
    await page.getByTestId('result').waitFor();

    await screen('Market');
    await reach(page.getByLabel('Quantity, BTC'));
    await page.keyboard.type('0.01');
    await reach(page.getByLabel('Stop', { exact: true }));
    await page.keyboard.type('63000');
    await page.getByTestId('gate').waitFor();
    await choose(page.getByTestId('place-order'));
    await page.getByText('Buy 0.01 BTC/USDT: Filled').waitFor();
    await screen('Portfolio');
    const close = page.getByRole('button', { name: /^Close BTC\/USDT/ });
    await choose(close);
    await page.getByRole('button', { name: /Press again/ }).waitFor();
    await page.waitForTimeout(400);
    await choose(close);
    await expect.poll(() => sent(window, 'orders.close')).toHaveLength(1);

    await screen('Models');
    await reach(page.getByLabel('Address', { exact: true }));
    await page.keyboard.type('https://models.example.org/a.gguf');
    await choose(page.getByRole('button', { name: 'Download' }));
    await choose(page.locator('[data-download="fetched"]').getByRole('button', { name: 'Pause' }));
    await expect.poll(() => sent(window, 'models.pause')).toHaveLength(1);

    await reach(page.getByRole('button', { name: /Kill switch/ }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByTestId('kill-steps').waitFor();
    expect(sent(window, 'engine.kill')).toHaveLength(1);
    expect(wrong).toEqual([]);
  });

  it('takes other keys for a shortcut, refuses with a reason what collides, and shows the new ones everywhere', async () => {
    const window = await openWindow({ route: '/settings/shortcuts' });
    const { page } = window;
    const row = page.locator('main [data-shortcut="go.market"]');
    await row.getByRole('button', { name: /^Change/ }).press('Enter');
    await row.getByRole('textbox').waitFor();
    await pressKeys(page, 'g a');
    await row.getByRole('alert').getByText('Another shortcut has these keys: Open Agents').waitFor();
    await pressKeys(page, 'g');
    await row.getByRole('alert').getByText('Another shortcut begins with the same key').waitFor();
    expect(sent(window, 'preferences.set')).toEqual([]);
    await pressKeys(page, 'g x');
    await row.getByRole('button', { name: 'Back to g m' }).waitFor();
    expect(sent(window, 'preferences.set')).toEqual([{ changes: { shortcutRemaps: { 'go.market': 'g x' } } }]);
    await page.getByRole('link', { name: 'Market' }).and(page.getByTitle('Market (g x)')).waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await pressKeys(page, 'g m');
    await pressKeys(page, 'g x');
    await heading(page, 'Market');
    await page.keyboard.press('?');
    expect(await page.locator('[role="dialog"] [data-shortcut="go.market"] dt').innerText()).toMatch(/g\s+then\s+x/);
    await closeDialogs(page);

    await goTo(page, '/settings/shortcuts');
    await page
      .locator('main [data-shortcut="spawn"]')
      .getByRole('button', { name: /^Change/ })
      .press('Enter');
    await pressKeys(page, 's');
    await page.getByRole('alert').getByText('It can let more risk through, so it needs Ctrl or Alt.').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('main [data-shortcut="kill"]').getByRole('button').count()).toBe(0);
    await row.getByRole('button', { name: 'Back to g m' }).click();
    await page.getByTitle('Market (g m)').waitFor();
    expect(sent(window, 'preferences.set').at(-1)).toEqual({ changes: { shortcutRemaps: {} } });
  });

  it('goes round the parts of the window with F6 and back with Shift F6, alerts and open sheets among them', async () => {
    const { page } = await openWindow({ halted: true });
    const round = async (key: string, count: number): Promise<readonly (string | null)[]> => {
      const seen: (string | null)[] = [];
      for (let presses = 0; presses < count; presses += 1) {
        await page.keyboard.press(key);
        seen.push(await region(page));
        expect((await focusTrouble(page)).wrong).toEqual([]);
      }
      return seen;
    };
    expect(await round('F6', 5)).toEqual(['screen', 'strip', 'bar', 'rail', 'screen']);
    expect(await round('Shift+F6', 3)).toEqual(['rail', 'bar', 'strip']);
    await page.getByRole('button', { name: 'Resume…' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.locator('main').focus();
    await page.keyboard.press('F6');
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
  });
});
