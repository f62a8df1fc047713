import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { moneyText } from '#shared/format/figures.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { axeOn } from './support/grave-faults.ts';
import { NOW } from './support/sample-market.ts';
import { sampleAlert, sampleAlerts } from './support/scripted-alerts.ts';
import { goTo, type OpenWindow, type WindowOptions } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: alerts');
const killed = sampleAlert(9, {
  kind: 'kill_done',
  text: '5/5 steps of the emergency done: gate closed, nothing is held (a test)',
  link: '/alerts',
  environment: null,
});
const price = sampleAlert(8, {
  kind: 'price_reached',
  text: '65,012.3 BTC/USDT: above 65,000 (simulated)',
  link: '/market',
});

describe.skipIf(left)('alerts in the window', () => {
  const openWindow = useWindows();
  let open: OpenWindow | undefined;
  const start = async (options: WindowOptions = {}): Promise<OpenWindow> => {
    open = await openWindow({ alerts: sampleAlerts(), ...options });
    return open;
  };
  const callsOf = (name: string): readonly unknown[] =>
    (open?.engine.calls ?? []).filter((call) => call.name === name).map(({ input }) => input);

  it('counts what nobody has read, lists it by Ctrl+Shift+A, and leads where it happened', async () => {
    const { page } = await start();
    await page.getByRole('button', { name: 'Alerts, 3 unread' }).waitFor();
    await page.keyboard.press('Control+Shift+A');
    const sheet = page.getByRole('dialog', { name: 'Alerts' });
    await sheet.getByText('−1.61% from the peak').waitFor();
    expect(await sheet.locator('[data-alert]').count()).toBe(5);
    await sheet.getByText('Not told: off by default here').waitFor();
    await sheet.getByText('3 times').waitFor();
    await sheet.getByRole('link', { name: 'Open what it is about: Loss limit reached' }).click();
    await page.waitForURL(/#\/portfolio$/);
    expect(callsOf('alerts.read')).toEqual([{ ids: [5] }]);
    await page.getByRole('button', { name: 'Alerts, 2 unread' }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Alerts, none unread' }).waitFor();
  });

  it('shows beside the runs how the market reads, the equity of the account, and the five newest alerts with their places', async () => {
    const { page, engine } = await start({ alerts: sampleAlerts() });
    const panel = page.getByRole('region', { name: 'Now', exact: true });
    await panel.getByTestId('regime-now').getByText('Trending').waitFor();
    const { equityCurve, quoteAsset } = await engine.handlers['portfolio.get']({});
    const last = moneyText(equityCurve.at(-1)?.equity ?? 'no equity', quoteAsset);
    expect(await panel.getByRole('link', { name: /^Equity/ }).textContent()).toContain(last);
    expect(await panel.locator('[data-told]').count()).toBe(5);
    engine.raise({ ...price, lastAt: NOW });
    await expect.poll(() => panel.locator('[data-told]').first().textContent()).toContain('65,012.3 BTC/USDT');
    expect(await panel.locator('[data-told]').count()).toBe(5);
    await panel.locator('[data-told="price_reached"]').getByRole('link').click();
    await page.waitForURL(/#\/market$/);
  });

  it('reads the market anew beside the runs while somebody looks, and says when it could not', async () => {
    const { page, engine } = await start({ alerts: [] });
    const panel = page.getByRole('region', { name: 'Now', exact: true });
    await panel.getByTestId('regime-now').getByText('Trending').waitFor();
    Object.assign(engine.handlers, {
      'market.reading'() {
        throw new ContractError({ code: 'rejected', reason: 'storage', message: 'the disk does not answer' });
      },
    });
    // Nothing is touched: the panel asks by itself, and keeps what it had beside the reason.
    await panel.getByText('the disk does not answer').waitFor();
    expect(await panel.getByTestId('regime-now').count()).toBe(1);
  });

  it('shows what comes as a toast, never alone: it stays in the list when the toast is gone', async () => {
    const { page, engine } = await start({ alerts: [] });
    await page.getByRole('button', { name: 'Alerts, none unread' }).waitFor();
    engine.raise(price);
    const toast = page.locator('[data-toast="price_reached"]');
    await toast.getByText('65,012.3 BTC/USDT').waitFor();
    await page.getByRole('button', { name: 'Alerts, 1 unread' }).waitFor();
    // F6 reaches it, and while the focus is in it, it waits.
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => document.activeElement?.closest('[aria-label="Alerts (F6)"]') !== null)).toBe(
      true,
    );
    await toast.getByRole('button', { name: 'Dismiss', includeHidden: true }).click();
    await toast.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+A');
    await page.getByRole('dialog', { name: 'Alerts' }).locator('[data-alert="price_reached"]').waitFor();
  });

  /** The engine asks for approvals of so many briefs, and tells of each. */
  const askFor = (engine: OpenWindow['engine'], ...cycles: readonly number[]): void => {
    for (const cycle of cycles) {
      const { id } = engine.automation.ask(cycle);
      engine.raise(
        sampleAlert(cycle, {
          kind: 'approval_needed',
          text: `10 min to decide ${id}: an agent on BTC/USDT, trend following`,
          link: `/approvals/${id}`,
        }),
      );
    }
  };
  const toasts = (page: OpenWindow['page']) => page.locator('[data-toast]');

  it('keeps one toast for all approvals that wait, however long, while others come and go, until the last is decided', async () => {
    const { page, engine } = await start({ alerts: [], mode: 'semi' });
    await page.getByRole('button', { name: 'Alerts, none unread' }).waitFor();
    await page.clock.install();
    askFor(engine, 7, 8, 9);
    const asked = page.locator('[data-toast="approval_needed"]');
    await asked.getByText('and 1 more waits').waitFor();
    expect(await asked.locator('[data-asked]').count()).toBe(2);
    // More than there is room for: none of them takes its place.
    for (const id of [21, 22, 23, 24]) engine.raise(sampleAlert(id, { ...price, id }));
    await expect.poll(() => toasts(page).count()).toBe(4);
    await page.clock.runFor(60_000);
    await expect.poll(() => toasts(page).count()).toBe(1);
    expect(await asked.getByTestId('time-left').count()).toBe(2);
    for (const id of ['AP-3', 'AP-1']) engine.automation.decide(id, 'approved');
    await expect.poll(() => asked.locator('[data-asked]').allTextContents()).toEqual([expect.stringMatching('AP-2')]);
    engine.automation.decide('AP-2', 'rejected');
    await expect.poll(() => toasts(page).count()).toBe(0);
  });

  it('asks no more once the toast of approvals is dismissed, until the engine asks again', async () => {
    const { page, engine } = await start({ alerts: [], mode: 'semi' });
    await page.getByRole('button', { name: 'Alerts, none unread' }).waitFor();
    askFor(engine, 7, 8);
    const asked = page.locator('[data-toast="approval_needed"]');
    await expect.poll(() => asked.locator('[data-asked]').count()).toBe(2);
    await asked.getByRole('button', { name: 'Dismiss', includeHidden: true }).click();
    await asked.waitFor({ state: 'detached' });
    askFor(engine, 9);
    await expect.poll(() => asked.locator('[data-asked]').allTextContents()).toEqual([expect.stringMatching('AP-3')]);
  });

  it.each(['approved', 'rejected', 'expired'] as const)(
    'takes an approval off its toast once that is %s, while the window has no focus too, and keeps another one',
    async (state) => {
      const { page, engine } = await start({ alerts: [], mode: 'semi' });
      await page.getByRole('button', { name: 'Alerts, none unread' }).waitFor();
      askFor(engine, 7, 8);
      const asked = page.locator('[data-toast="approval_needed"]');
      await expect.poll(() => asked.locator('[data-asked]').count()).toBe(2);
      // As if another program came to the front: the clocks of all toasts stand still.
      await page.evaluate(() => window.dispatchEvent(new FocusEvent('blur')));
      engine.automation.decide('AP-1', state);
      await expect.poll(() => asked.locator('[data-asked]').allTextContents()).toEqual([expect.stringMatching('AP-2')]);
      // The screen that it leads to shows what waits, so it is not drawn there; whoever leaves undecided finds it again.
      await asked.getByRole('link', { name: 'Open', includeHidden: true }).click();
      await page.waitForURL(/#\/approvals\/AP-2$/);
      await page.locator('article[data-approval="AP-2"]').waitFor();
      expect(await asked.isVisible()).toBe(false);
      await goTo(page, '/market');
      await expect.poll(() => asked.isVisible()).toBe(true);
    },
  );

  it('says on the toast why it came, and mutes its kind there where that is allowed', async () => {
    const { page, engine } = await start({ alerts: [] });
    await page.getByRole('button', { name: 'Alerts, none unread' }).waitFor();
    engine.raise(price);
    const toast = page.locator('[data-toast="price_reached"]');
    await toast.getByText('Why am I seeing this?').click();
    await toast.getByText('A price alert that you set.').waitFor();
    expect((await axeOn(page).include('[data-region="alerts"]').analyze()).violations).toEqual([]);
    await toast.getByRole('button', { name: 'Mute this kind' }).click();
    await toast.getByRole('button', { name: 'Tell me of this kind again' }).waitFor();
    expect(callsOf('alerts.mute')).toEqual([{ kind: 'price_reached', muted: true }]);
  });

  it('does not let a toast cover the kill button', async () => {
    const { page, engine } = await start({ width: 1024, height: 680 });
    for (const alert of [killed, price]) engine.raise(alert);
    await page.locator('[data-toast="kill_done"]').waitFor();
    const boxes = await Promise.all(
      [page.locator('[data-toast="kill_done"]'), page.getByRole('button', { name: /kill/i }).first()].map((one) =>
        one.boundingBox(),
      ),
    );
    const [toast, kill] = boxes;
    expect(toast?.y ?? 0).toBeGreaterThan((kill?.y ?? 0) + (kill?.height ?? 0));
  });

  it('says why a kind is told and mutes it where that is allowed', async () => {
    const { page, engine } = await start({ route: '/alerts' });
    engine.raise(killed);
    const must = page.getByRole('main').locator('[data-alert="kill_done"]');
    await must.getByText('Why am I seeing this?').click();
    await must.getByText('This kind is always told.').waitFor();
    const may = page.getByRole('main').locator('[data-alert="disk_low"]');
    await may.getByText('Why am I seeing this?').click();
    await may.getByRole('button', { name: 'Mute this kind' }).click();
    await may.getByRole('button', { name: 'Tell me of this kind again' }).waitFor();
    expect(callsOf('alerts.mute')).toEqual([{ kind: 'disk_low', muted: true }]);
  });

  it('sets a price alert, refuses what is no price, and takes it away', async () => {
    const { page } = await start({ route: '/alerts' });
    const field = page.getByLabel('Price', { exact: true });
    await field.fill('a lot');
    await page.getByRole('button', { name: 'Tell me' }).click();
    await page.getByText('A price above zero, such as 65000').waitFor();
    expect(callsOf('alerts.price_set')).toEqual([]);
    await field.fill('65,000');
    await field.press('Enter');
    await page.locator('[data-price-alert="P-1"]').getByText('above 65,000').waitFor();
    expect(callsOf('alerts.price_set')).toMatchObject([
      { symbol: 'BTC/USDT', side: 'above', level: '65000', once: true, market: 'simulated' },
    ]);
    await page.getByRole('button', { name: 'Remove the alert above 65,000' }).click();
    await page.getByText('No price alert is set.').waitFor();
  });

  it('keeps quiet hours and the state of each kind in the settings, in Swahili too', async () => {
    const { page } = await start({ route: '/settings/notifications' });
    await page.getByRole('switch', { name: 'Quiet hours' }).click();
    expect(callsOf('preferences.set')).toContainEqual({ changes: { quietHours: { from: '22:00', to: '07:00' } } });
    const kill = page.getByRole('switch', { name: 'Trading was stopped' });
    expect(await kill.isDisabled()).toBe(true);
    await page.getByRole('switch', { name: 'Agent spawned' }).click();
    expect(callsOf('alerts.mute')).toEqual([{ kind: 'agent_spawned', muted: true }]);
    await open?.close();
    await start({ route: '/alerts', preferences: { language: 'sw' } });
    await open?.page.getByRole('heading', { name: 'Tahadhari', exact: true }).first().waitFor();
    await goTo((open as OpenWindow).page, '/settings/notifications');
    await open?.page.getByRole('switch', { name: 'Saa za utulivu' }).waitFor();
  });
});
