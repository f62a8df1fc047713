import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo, type OpenWindow, type WindowOptions } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: agents and evidence');
const refusal = (message: string) =>
  new ContractError({ code: 'rejected', reason: 'not_found', message, remedy: 'choose another run' });

describe.skipIf(left)('agents and their evidence', () => {
  const openWindow = useWindows();
  let open: OpenWindow;
  const asked = (name: string) => open.engine.calls.filter((call) => call.name === name).map(({ input }) => input);
  const show = async (options: WindowOptions = {}): Promise<Page> => {
    open = await openWindow(options);
    return open.page;
  };
  const tab = (name: string) => open.page.getByRole('tab', { name, exact: true }).click();

  it('opens a fact of the brief down to its candles and its record, and says that no model was asked', async () => {
    const page = await show();
    await page.getByTestId('brief').getByRole('button', { name: 'Where F4 comes from' }).click();
    const sheet = page.getByRole('dialog', { name: 'Evidence of run 6' });
    await sheet.getByTestId('fact').waitFor();
    const text = (await sheet.getByTestId('fact').textContent()) ?? '';
    for (const part of ['ADX(14): strength of a trend', '14.3', 'adx14', '500 candles, 0 missing', 'number 24'])
      expect(text).toContain(part);
    expect(text).toContain('SIM');
    expect(asked('receipts.facts')).toEqual([{ run: '6' }]);
    await sheet.getByText('No model was asked about these facts').waitFor();
    expect(asked('receipts.get')).toEqual([]);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  it('draws the candles of its run with entry, stop and target, and says the same in words', async () => {
    const page = await show({ route: '/agents/A-7d10e4c5' });
    await tab('Chart');
    const summary = page.getByTestId('chart-summary');
    await summary.waitFor();
    expect(asked('market.chart').at(-1)).toEqual({ cycle: 5, instrument: 'ETH/USDT', limit: 500 });
    expect(await summary.innerText()).toMatch(/Levels: entry [\d,.]+, stop [\d,.]+, target [\d,.]+/);
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.getByTestId('chart-readout').textContent()).toMatch(/close [\d,.]+/i);
  });

  it('shows the receipt of the model and asks the same again, with the first difference and its cause', async () => {
    const page = await show({ route: '/agents/A-7d10e4c5' });
    await tab('Evidence');
    const receipt = page.getByTestId('receipt');
    await receipt.getByText('Qwen-4B-Instruct').waitFor();
    expect(asked('receipts.get')).toEqual([{ run: '5' }]);
    await receipt.getByRole('button', { name: 'Ask the same again' }).click();
    const replay = page.getByTestId('replay');
    await replay.waitFor();
    expect(await replay.getAttribute('data-verdict')).toBe('differs');
    const text = (await replay.textContent()) ?? '';
    expect(text).toContain('First difference: token 17 of 31');
    expect(text).toContain('because of another number of threads, batch or context');
    expect(text).toContain('threads: 2, now 4');
    expect(asked('receipts.replay')).toEqual([{ run: '5', asToday: false }]);
  });

  it('says why a replay failed, and why there are no facts', async () => {
    const page = await show({ route: '/agents/A-7d10e4c5' });
    open.engine.fail('receipts.replay', refusal('no model is chosen'));
    await tab('Evidence');
    await page.getByRole('button', { name: 'Ask the same again' }).click();
    await page.getByTestId('receipt').getByText('no model is chosen').waitFor();
    open.engine.fail('receipts.facts', refusal('run 4 ended before it had facts'));
    await page.getByRole('link', { name: 'A-7d10e4c4' }).click();
    await tab('Evidence');
    await page.getByText('run 4 ended before it had facts').waitFor();
    open.engine.fail('receipts.facts', null);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByTestId('fact').waitFor();
  });

  it('shows what an agent was told beside its templates and beside an earlier agent', async () => {
    const page = await show({ route: '/agents/A-7d10e4c5' });
    await tab('Instructions');
    const told = page.getByTestId('instructions');
    await told.getByText('+1 −1 lines').waitFor();
    expect(await told.locator('[data-kind="added"]').textContent()).toContain('You trade BTC/USDT');
    expect(await told.locator('[data-kind="removed"]').textContent()).toContain('{{instrument}}');
    await told.getByText('edited since').waitFor();
    await told.getByRole('combobox').click();
    await page.getByRole('option', { name: 'Beside an earlier agent' }).click();
    await told.getByText('From what A-7d10e4c4 was told').waitFor();
    await goTo(page, '/');
    await page.getByText('Beside the base version').click();
    await page.getByTestId('instructions').waitFor();
    expect(asked('agents.prompt')).toEqual([{ agent: 'A-7d10e4c5' }, { agent: 'A-7d10e4c6' }]);
  });

  it('lists every hold with its reason, the limits in full, and what came before', async () => {
    const page = await show({ route: '/agents/A-7d10e4c6' });
    await tab('Decisions');
    await page.getByText('7 decisions, every hold included').waitFor();
    expect(await page.locator('[data-decision="hold"]').count()).toBe(6);
    expect(await page.locator('[data-decision]').first().textContent()).toContain('mean not reached');
    await tab('Limits');
    await page.getByText('20% of equity').waitFor();
    expect(await page.getByText('2.25 ATR').isVisible()).toBe(true);
    await tab('Lineage');
    expect(await page.getByTestId('previous').textContent()).toContain('Before it on this instrument');
    await page.getByTestId('previous').getByRole('link').click();
    await page.waitForURL(/A-7d10e4c5$/);
    await tab('Orders & fills');
    await page.getByRole('region', { name: 'Fills' }).first().waitFor();
  });

  it('pauses an agent at one press, shows it as paused, and lets it open again only with a reason', async () => {
    const page = await show({ fresh: true, script: 'traded', pauseAt: 8 });
    await page.getByTestId('spawn').click();
    await expect.poll(() => page.getByText('trading', { exact: true }).count()).toBeGreaterThan(0);
    await goTo(page, '/agents');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page
      .getByRole('row', { name: /A-7d10e4c1/ })
      .getByText('Paused', { exact: true })
      .waitFor();
    expect(asked('agents.pause')).toEqual([{ agent: 'A-7d10e4c1', reason: 'paused in the window', by: 'window' }]);
    await page.getByText('through the window: paused in the window').waitFor();
    await page.getByRole('button', { name: 'Resume…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Let A-7d10e4c1 open again' });
    expect(await sheet.getByRole('button', { name: 'Resume it' }).isDisabled()).toBe(true);
    await sheet.getByLabel('Why it may open again').fill('the news are out');
    await sheet.getByRole('button', { name: 'Resume it' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    expect(asked('agents.resume')).toEqual([{ agent: 'A-7d10e4c1', reason: 'the news are out', by: 'window' }]);
    await sheet.waitFor({ state: 'detached' });
    expect(await page.getByText('Paused', { exact: true }).count()).toBe(0);
  });

  it('ends an agent only with a reason and after asking, and offers it for none that has ended', async () => {
    const page = await show({ fresh: true, script: 'traded', pauseAt: 8 });
    await page.getByTestId('spawn').click();
    await expect.poll(() => page.getByText('trading', { exact: true }).count()).toBeGreaterThan(0);
    await goTo(page, '/agents');
    await page.getByRole('button', { name: 'Retire…' }).click();
    const sheet = page.getByRole('dialog');
    expect(await sheet.getByRole('button', { name: 'Retire…' }).isDisabled()).toBe(true);
    await sheet.getByLabel('Why it is to end').fill('enough of this');
    await sheet.getByRole('button', { name: 'Retire…' }).click();
    expect(asked('agents.retire')).toEqual([]);
    await sheet.getByRole('button', { name: 'Yes, retire it' }).click();
    await sheet.getByRole('status').waitFor();
    expect(asked('agents.retire')).toEqual([{ agent: 'A-7d10e4c1', reason: 'enough of this' }]);
    await page.keyboard.press('Escape');
    open.engine.finish();
    await page.getByRole('button', { name: 'Retire…' }).waitFor({ state: 'detached' });
  });

  it('says in the debrief what was expected and what happened, and strikes the lesson out', async () => {
    const page = await show();
    const result = page.getByTestId('result');
    const expected = ((await result.getByTestId('expected').textContent()) ?? '').replaceAll('\u00a0', ' ');
    for (const part of ['−50.21 USDT', 'no loss', 'below +1.50 R at the target', 'at most 24 candles', '9 candles'])
      expect(expected).toContain(part);
    await result.getByRole('button', { name: 'Strike it out…' }).click();
    const sheet = page.getByRole('dialog', { name: 'L-2' });
    await sheet.getByLabel('Why it is to be struck out').fill('the fill was wrong');
    await sheet.getByRole('button', { name: 'Revoke…' }).click();
    await sheet.getByRole('button', { name: 'Yes, revoke it' }).click();
    await expect.poll(() => asked('memory.revoke')).toEqual([{ id: 'L-2', reason: 'the fill was wrong' }]);
    await page.keyboard.press('Escape');
    await result.getByText('Lesson, struck out').waitFor();
    expect(await result.getByTestId('debrief-lesson').textContent()).toContain('struck out');
  });

  it('speaks Swahili throughout', async () => {
    const page = await show({ preferences: { language: 'sw' }, route: '/agents/A-7d10e4c5' });
    await page.getByRole('tab', { name: 'Maamuzi' }).click();
    await page.getByText('pamoja na kila kusubiri').waitFor();
    await goTo(page, '/');
    await page.getByText('Muhtasari', { exact: true }).first().waitFor();
    await page.getByText('Kuuza asichonacho').waitFor();
  });
});
