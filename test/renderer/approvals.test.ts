import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { axeOn } from './support/grave-faults.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: modes and approvals');
const SHOTS = process.env['MT_SHOTS'];

const sent = (window: OpenWindow, name: string): readonly unknown[] =>
  window.engine.calls.filter((call) => call.name === name).map(({ input }) => input);
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};
const card = (page: Page) => page.getByTestId('approval');

describe.skipIf(left)('modes and approvals in the window', () => {
  const openWindow = useWindows();

  it('in full one press reaches the market with no further input', async () => {
    const open = await openWindow({ mode: 'full' });
    const { page } = open;
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-stage="agent"][data-state="running"], [data-stage="agent"][data-state="done"]').waitFor();
    expect(sent(open, 'cycle.start')).toHaveLength(1);
    expect(sent(open, 'approvals.approve')).toEqual([]);
    expect(await card(page).count()).toBe(0);
  });

  it('in semi it stops at the brief, a second press makes no second run, and one activation goes on', async () => {
    const open = await openWindow({ mode: 'semi' });
    const { page } = open;
    await page.keyboard.press('Control+Enter');
    await card(page).waitFor();
    await shot(page, 'brief-dark');
    await page.getByRole('link', { name: 'Approvals, 1 waits for you' }).waitFor();
    expect(await card(page).textContent()).toContain('50.22');
    expect(await page.getByTestId('time-left').textContent()).toMatch(/rejected by itself in (10:00|9:\d\d)/);
    await page.keyboard.press('Control+Enter');
    const approve = card(page).getByRole('button', { name: 'Approve & spawn' });
    await approve.dblclick();
    await card(page).waitFor({ state: 'detached' });
    expect(sent(open, 'approvals.approve')).toEqual([{ id: 'AP-1', by: 'window', limits: {} }]);
    await page.locator('[data-stage="agent"][data-state="running"], [data-stage="agent"][data-state="done"]').waitFor();
    expect(new Set(sent(open, 'cycle.start').map((input) => JSON.stringify(input))).size).toBe(1);
  });

  it('lists what waits with impact and evidence, lowers it, rejects it with a reason, and keeps what was decided', async () => {
    const open = await openWindow({ mode: 'semi', width: 1024, height: 680 });
    const { page } = open;
    open.engine.automation.ask(7);
    open.engine.automation.ask(8, { instrument: 'ETH/USDT' });
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await card(page).nth(1).waitFor();
    await shot(page, 'approvals-narrow');
    const first = page.locator('[data-approval="AP-1"]');
    expect(await first.textContent()).toContain('lost on a news day');
    await first.getByRole('button', { name: 'Edit limits down' }).click();
    await first.getByLabel('Life in candles').fill('many');
    await first.getByText('Write a plain number.').waitFor();
    await first.getByLabel('Life in candles').fill('9999');
    await first.getByRole('button', { name: 'Lower the limits' }).click();
    await first.getByRole('alert').getByText('can only be lowered').waitFor();
    await first.getByLabel('Life in candles').fill('4');
    await first.getByLabel('Risk per trade, in percent of equity').fill('0.25');
    await first.getByRole('button', { name: 'Lower the limits' }).click();
    await first.getByText('lowered', { exact: true }).waitFor();
    expect(sent(open, 'approvals.edit').at(-1)).toEqual({
      id: 'AP-1',
      limits: { riskPerTrade: '0.0025', maxBars: 4 },
      by: 'window',
    });
    await first.getByRole('button', { name: 'Reject…' }).click();
    await first.getByLabel('Reason, kept in the journal').fill('news at ten');
    await page.keyboard.press('Enter');
    await page.locator('tr[data-approval="AP-1"]').getByText('Rejected').waitFor();
    expect(sent(open, 'approvals.reject')).toEqual([{ id: 'AP-1', reason: 'news at ten', by: 'window' }]);
    expect(await page.locator('tr[data-approval="AP-1"]').textContent()).toContain('news at ten');
    expect((await axeOn(page).analyze()).violations).toEqual([]);
  });

  it('opens all that spoke for what waits, and what its agent would be told beside the templates, before it is decided', async () => {
    const open = await openWindow({ mode: 'semi', route: '/approvals' });
    const { page } = open;
    open.engine.automation.ask(5);
    await card(page).waitFor();
    await card(page).getByText('What it would be told, beside the templates').click();
    const told = card(page).getByTestId('instructions');
    await told.getByText('You trade {{instrument}} on closed candles.').waitFor();
    expect(await told.textContent()).toContain('From the templates that ship to what it would be told: +1 −1 lines');
    await told.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Beside your edited parts' }).click();
    await told.getByText('{{instrument}} on closed candles, and never on a Friday.').waitFor();
    expect(sent(open, 'approvals.get')).toEqual([{ id: 'AP-1' }]);
    await shot(page, 'approval-instructions');
    await card(page).getByRole('button', { name: 'All facts, question and receipt' }).click();
    const sheet = page.getByRole('dialog', { name: 'Evidence of run 5' });
    await sheet.getByRole('table').first().waitFor();
    expect(sent(open, 'receipts.facts').at(-1)).toEqual({ run: '5' });
    await expect.poll(() => sent(open, 'receipts.get')).toEqual([{ run: '5' }]);
    await shot(page, 'approval-evidence');
    expect((await axeOn(page).include('[role="dialog"]').analyze()).violations).toEqual([]);
    // Looking decides nothing.
    expect(sent(open, 'approvals.approve')).toEqual([]);
  });

  it('shows at once what another face decided, and who was first when both did', async () => {
    const open = await openWindow({ mode: 'semi', route: '/approvals' });
    const { page, engine } = open;
    engine.automation.ask(7);
    await card(page).waitFor();
    engine.automation.decide('AP-1', 'approved');
    await page.locator('tr[data-approval="AP-1"]').getByText('Approved').waitFor();
    expect(await page.locator('tr[data-approval="AP-1"]').textContent()).toContain('terminal');
    await page.getByText('Nothing waits for you. An agent asks here before it begins.').waitFor();
  });

  it('lowers with a key at once, asks for a reason before it raises, and never raises with a key', async () => {
    const open = await openWindow({ mode: 'full' });
    const { page } = open;
    const mode = page.getByTestId('mode');
    await mode.click();
    // Nothing is lowered to what holds already.
    expect(await page.getByRole('button', { name: 'Full autonomy holds now' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+2');
    await page.locator('[data-testid="mode"][data-mode="semi"]').waitFor();
    expect(sent(open, 'mode.set')).toEqual([{ mode: 'semi', by: 'window' }]);
    await page.keyboard.press('Control+1');
    const sheet = page.getByTestId('modes');
    await sheet.waitFor();
    await shot(page, 'mode-sheet');
    expect(await sheet.getByRole('radio').count()).toBe(4);
    expect(await sheet.getByRole('radio', { name: /Full autonomy/ }).isChecked()).toBe(true);
    const raise = sheet.getByRole('button', { name: 'Raise to Full autonomy' });
    expect(await raise.isDisabled()).toBe(true);
    expect(sent(open, 'mode.set')).toHaveLength(1);
    expect((await axeOn(page).analyze()).violations).toEqual([]);
    await sheet.getByLabel('Reason, kept in the journal').fill('a calm week');
    await raise.click();
    await page.locator('[data-testid="mode"][data-mode="full"]').waitFor();
    await page.keyboard.press('Control+4');
    await sheet.getByRole('button', { name: 'Stop and flatten now' }).click();
    expect(sent(open, 'engine.kill')).toEqual([]);
    await sheet.getByRole('button', { name: /Press again to stop/ }).click();
    await page.getByTestId('halted').waitFor();
    expect(await mode.getAttribute('data-mode')).toBe('emergency');
  });

  it('halts entries with one button or key, says so, and resumes; the levels stand in the stop sheet', async () => {
    const open = await openWindow({ theme: 'light' });
    const { page } = open;
    await page.getByRole('button', { name: 'Halt entries' }).click();
    await page.getByTestId('reducing').waitFor();
    await page.getByText('No new entries', { exact: true }).waitFor();
    await shot(page, 'halted-light');
    expect(sent(open, 'engine.halt')).toEqual([{ reason: 'entries halted in the window' }]);
    await page.getByRole('button', { name: 'Resume…' }).click();
    await page.getByLabel('Reason, kept in the journal').fill('over');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Halt entries' }).waitFor();
    await page.keyboard.press('Control+Shift+H');
    await page.getByTestId('reducing').waitFor();
    await page.getByRole('button', { name: 'Stop…' }).click();
    const levels = page.getByTestId('levels');
    await levels.getByRole('button', { name: 'Close in order' }).click();
    await levels.waitFor({ state: 'detached' });
    expect(sent(open, 'engine.flatten')).toEqual([{ reason: 'closed in order in the window' }]);
    await goTo(page, '/approvals');
    await shot(page, 'approvals-empty-light');
  });
});
