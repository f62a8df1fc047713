import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the kill switch');

const button = (page: Page) => page.getByRole('button', { name: /Kill switch|Press Enter again/ });
const kills = (window: OpenWindow): number => window.engine.calls.filter((call) => call.name === 'engine.kill').length;

const hold = async (page: Page, until: () => Promise<unknown>): Promise<void> => {
  const box = await button(page).boundingBox();
  if (box === null) throw new Error('the kill button is not on screen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await until();
  await page.mouse.up();
};

describe.skipIf(left)('the kill switch', () => {
  const openWindow = useWindows();

  it('fires when it is held, and shows every step of the report', async () => {
    const open = await openWindow();
    const { page } = open;
    await hold(page, () => page.getByTestId('kill-steps').waitFor());
    const steps = await page.getByTestId('kill-steps').locator('li').allTextContents();
    const names = await page.getByTestId('kill-steps').locator('li .font-medium').allTextContents();
    expect(names).toEqual(['Gate closed', 'Agents stopped', 'Positions closed', 'Open orders canceled', 'Reconciled']);
    expect(steps.every((step) => step.includes('done'))).toBe(true);
    expect(kills(open)).toBe(1);
    await page.getByTestId('halted').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
    await page.getByText('Trading is halted', { exact: true }).first().waitFor();
  });

  it('does nothing when it is clicked, or let go before 0.8 s have passed', async () => {
    const open = await openWindow();
    const { page } = open;
    await page.clock.install();
    await button(page).click();
    await page.clock.runFor(3000);
    expect(kills(open)).toBe(0);
    await hold(page, () => page.clock.runFor(750));
    await page.clock.runFor(3000);
    expect(kills(open)).toBe(0);
    await hold(page, () => page.clock.runFor(850));
    await expect.poll(() => open && kills(open)).toBe(1);
  });

  it('fires on Enter twice, not on Enter once', async () => {
    const open = await openWindow();
    await button(open.page).focus();
    await open.page.keyboard.press('Enter');
    await open.page.getByRole('button', { name: 'Press Enter again to kill' }).waitFor();
    expect(kills(open)).toBe(0);
    await open.page.keyboard.press('Enter');
    await open.page.getByTestId('kill-steps').waitFor();
    expect(kills(open)).toBe(1);
  });

  it('counts a key that is held down as one press', async () => {
    const open = await openWindow();
    await button(open.page).focus();
    await open.page.keyboard.down('Enter');
    for (let repeat = 0; repeat < 5; repeat += 1) await open.page.keyboard.down('Enter');
    await open.page.keyboard.up('Enter');
    expect(kills(open)).toBe(0);
  });

  it('fires on Ctrl Shift X twice, from any screen', async () => {
    const open = await openWindow({ route: '/portfolio' });
    await open.page.keyboard.press('Control+Shift+X');
    await open.page.keyboard.press('Control+Shift+X');
    await open.page.getByTestId('kill-steps').waitFor();
    expect(kills(open)).toBe(1);
  });

  it('stays in sight above an open sheet', async () => {
    const open = await openWindow();
    await open.page.keyboard.press('?');
    await open.page.getByRole('dialog').waitFor();
    await hold(open.page, () => open?.page.getByTestId('kill-steps').waitFor() ?? Promise.resolve());
    expect(kills(open)).toBe(1);
  });

  it('opens the gate again only with a reason', async () => {
    const open = await openWindow({ halted: true });
    const { page } = open;
    await page.getByRole('button', { name: 'Resume…' }).click();
    const confirm = page.getByRole('button', { name: 'Open the gate' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel('Reason, kept in the journal').fill('the feed is healthy again');
    await confirm.click();
    await button(page).waitFor();
    const resume = open.engine.calls.find((call) => call.name === 'engine.resume');
    expect(resume?.input).toEqual({ reason: 'the feed is healthy again' });
  });
});

describe.skipIf(left)('the two ways to stop', () => {
  const openWindow = useWindows();

  it.each([
    ['Stop managing', 'stop_managing'],
    ['Stop and flatten', 'flatten'],
  ] as const)('row 52: are shown side by side with a preview before %s is chosen', async (words, verb) => {
    const open = await openWindow();
    const { page } = open;
    await page.getByRole('button', { name: 'Stop…' }).click();
    const cells = await page.getByTestId('stop-preview').locator('td').allTextContents();
    expect(cells).toEqual([
      'protective order, BTC/USDT.SIM at simulated',
      'keep',
      'cancel',
      'position of 0.03105, BTC/USDT.SIM at simulated',
      'keep',
      'close',
    ]);
    expect(kills(open)).toBe(0);
    await page.getByRole('dialog').getByRole('button', { name: words, exact: true }).click();
    await page.getByTestId('kill-steps').waitFor();
    const call = open.engine.calls.find(({ name }) => name === 'engine.kill');
    expect(call?.input).toMatchObject({ verb });
  });
});
