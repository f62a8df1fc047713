import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the one button');

const starts = (window: OpenWindow): number => window.engine.calls.filter((call) => call.name === 'cycle.start').length;

describe.skipIf(left)('the one button', () => {
  const openWindow = useWindows();
  let open: OpenWindow;

  it('runs a cycle through its stages to the brief and the result', async () => {
    open = await openWindow({ fresh: true, stepMs: 60 });
    const { page } = open;
    // Every state that a stage shows is noted in the page itself, so that none can pass unseen between two looks.
    await page.evaluate(() => {
      const seen: string[] = [];
      (window as unknown as { seen: string[] }).seen = seen;
      new MutationObserver(() => {
        for (const row of document.querySelectorAll('[data-stage]')) {
          const text = `${row.getAttribute('data-stage')} ${row.getAttribute('data-state')}`;
          if (!seen.includes(text)) seen.push(text);
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await page.getByTestId('spawn').click();
    await page.getByTestId('result').waitFor();

    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    for (const stage of ['preflight', 'market', 'context', 'analyst', 'memory', 'spawner', 'agent', 'debrief']) {
      expect(seen).toContain(`${stage} done`);
    }
    expect(seen).toContain('agent running');
    expect(await page.getByTestId('regime').textContent()).toBe('Ranging');
    expect(await page.getByTestId('source').getAttribute('data-source')).toBe('rules');
    const brief = (await page.getByTestId('brief').textContent()) ?? '';
    for (const part of [
      'Will do',
      'Sell short',
      'Worst trade',
      'ADX(14)',
      '14.3',
      'risk halved',
      'No model was asked',
      '−50.21',
      // A day ends the entries: below its loss one more trade may be lost.
      'Worst day−150.63',
    ]) {
      expect(brief).toContain(part);
    }
    const result = (await page.getByTestId('result').textContent()) ?? '';
    for (const part of [
      '+33.59',
      '+0.84',
      '10,075.77311628',
      '0, it reconciles',
      'Mean reversion in a ranging market',
    ]) {
      expect(result).toContain(part);
    }
    await page.getByRole('button', { name: /Copy run id R-/ }).waitFor();
    await page.getByRole('button', { name: /Copy journal head/ }).waitFor();
  });

  it('shows the instructions in full behind a disclosure', async () => {
    open = await openWindow();
    const text = open.page.getByText('Never add to a position.');
    expect(await text.isVisible()).toBe(false);
    await open.page.getByText('Instructions in full').click();
    expect(await text.isVisible()).toBe(true);
  });

  it('sends one request however often it is pressed', async () => {
    open = await openWindow({ pauseAt: 2 });
    const button = open.page.getByTestId('spawn');
    await button.dblclick();
    for (let press = 0; press < 5; press += 1) await open.page.keyboard.press('Enter');
    await open.page.keyboard.press('Control+Enter');
    await open.page.getByRole('button', { name: /Cancel/ }).waitFor();
    expect(starts(open)).toBe(1);
  });

  it('starts from any screen with Ctrl Enter, and goes to Command', async () => {
    open = await openWindow({ route: '/audit' });
    await open.page.keyboard.press('Control+Enter');
    // The result of an earlier cycle may stand there already.
    const opened = open;
    await expect.poll(() => starts(opened)).toBe(1);
    await open.page.getByTestId('result').waitFor();
    expect(new URL(open.page.url()).hash).toBe('#/');
  });

  it('counts how long a stage has run from its beginning, also for who comes back to look', async () => {
    open = await openWindow({ pauseAt: 8, stepMs: 5 });
    const { page } = open;
    await page.getByTestId('spawn').click();
    const agent = page.locator('[data-stage="agent"][data-state="running"]');
    await agent.getByText(/^1m 0\ds$/).waitFor();
    await goTo(page, '/audit');
    await goTo(page, '/');
    await agent.getByText(/^1m 0\ds$/).waitFor();
  });

  it('keeps the limits of the brief in money as they were at the press, whatever the account is worth meanwhile', async () => {
    open = await openWindow({ pauseAt: 8, stepMs: 5 });
    const { page, engine } = open;
    await page.getByTestId('spawn').click();
    await page.locator('[data-stage="agent"][data-state="running"]').waitFor();
    engine.set({ equity: '20000' });
    await page.getByText('20,000.00').first().waitFor();
    expect((await page.getByTestId('brief').textContent()) ?? '').toContain('−50.21');
  });

  it('cancels the cycle in flight with Esc', async () => {
    open = await openWindow({ pauseAt: 2 });
    await open.page.getByTestId('spawn').click();
    await open.page.locator('[data-stage="context"][data-state="running"]').waitFor();
    await open.page.keyboard.press('Escape');
    await open.page.getByText('Canceled by the master before the first order.').first().waitFor();
    expect(open.engine.calls.filter((call) => call.name === 'cycle.cancel')).toHaveLength(1);
  });

  describe('once the agent has traded', () => {
    const cancels = (): number => open?.engine.calls.filter((call) => call.name === 'cycle.cancel').length ?? 0;
    const QUESTION = 'Close the position? Enter / Esc again';
    const trading = async (route = '/') => {
      open = await openWindow({ pauseAt: 8, stepMs: 5 });
      const { page } = open;
      await page.getByTestId('spawn').click();
      await page.locator('[data-stage="agent"][data-state="running"]').waitFor();
      await page.getByText('1 fill', { exact: false }).first().waitFor();
      if (route !== '/') await goTo(page, route);
      return page;
    };

    it.each(['Escape', 'Enter'])('asks before Esc closes the position, and %s answers', async (answer) => {
      const page = await trading();
      await page.keyboard.press('Escape');
      const button = page.getByRole('button', { name: QUESTION });
      await button.waitFor();
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(cancels()).toBe(0);
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.keyboard.press(answer);
      await page.getByText('Canceled by the master').first().waitFor();
      expect(cancels()).toBe(1);
    });

    it('takes a click as the question and a second click as the answer, but a double click as one', async () => {
      const page = await trading();
      const button = page.getByTestId('cancel');
      await button.dblclick();
      await page.getByRole('button', { name: QUESTION }).waitFor();
      expect(cancels()).toBe(0);
      await button.click();
      await page.getByText('Canceled by the master').first().waitFor();
      expect(cancels()).toBe(1);
    });

    it('takes a key held down for one press', async () => {
      const page = await trading();
      for (let times = 0; times < 6; times += 1) await page.keyboard.down('Escape');
      await page.keyboard.up('Escape');
      await page.getByRole('button', { name: QUESTION }).waitFor();
      expect(cancels()).toBe(0);
    });

    it('lets the question go after five seconds', async () => {
      const page = await trading();
      await page.clock.install();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: QUESTION }).waitFor();
      await page.clock.runFor(5_100);
      await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: QUESTION }).waitFor();
      expect(cancels()).toBe(0);
    });

    it('brings the question into sight from another screen', async () => {
      const page = await trading('/portfolio');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: QUESTION }).waitFor();
      expect(cancels()).toBe(0);
      await page.keyboard.press('Enter');
      await page.getByText('Canceled by the master').first().waitFor();
      expect(cancels()).toBe(1);
    });
  });

  it('asks for the chosen instrument and interval', async () => {
    open = await openWindow();
    await open.page.getByRole('combobox', { name: 'Instrument' }).click();
    await open.page.getByRole('option', { name: 'ETH/USDT' }).click();
    await open.page.getByRole('combobox', { name: 'Interval' }).click();
    await open.page.getByRole('option', { name: '15m', exact: true }).click();
    await open.page.getByTestId('spawn').click();
    await open.page.getByTestId('result').waitFor();
    const start = open.engine.calls.find((call) => call.name === 'cycle.start');
    expect(start?.input).toMatchObject({ instrument: 'ETH/USDT', interval: '15m', trigger: 'button' });
  });

  it('tells a run without a trade as a complete result with its reason', async () => {
    open = await openWindow({ script: 'no_trade', fresh: true });
    await open.page.getByTestId('spawn').click();
    const result = open.page.getByTestId('result');
    await result.waitFor();
    expect(await result.getAttribute('data-outcome')).toBe('no_trade');
    expect(await result.textContent()).toContain('No strategy family fits a volatile market');
    expect(await open.page.getByRole('alert').count()).toBe(0);
  });

  it('tells a failed run with its stage, its reason and what was risked', async () => {
    open = await openWindow({ script: 'failed', fresh: true });
    await open.page.getByTestId('spawn').click();
    await open.page.locator('[data-stage="market"][data-state="failed"]').waitFor();
    const alert = open.page.getByRole('alert');
    expect(await alert.textContent()).toContain('Market data is stale');
    expect(await alert.textContent()).toContain('nothing was risked');
  });

  it('says why it does nothing while trading is halted', async () => {
    open = await openWindow({ halted: true });
    const button = open.page.getByTestId('spawn');
    await button.click({ force: true });
    const why = await button.getAttribute('aria-describedby');
    expect(await open.page.locator(`[id="${why}"]`).textContent()).toContain('Trading is halted');
    expect(starts(open)).toBe(0);
  });
});
