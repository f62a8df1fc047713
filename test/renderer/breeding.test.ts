import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { axeOn } from './support/grave-faults.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: evolutions and strategies in the lab');

describe.skipIf(left)('the lab', () => {
  const openWindow = useWindows();
  let open: OpenWindow | undefined;

  const start = async (route: string, fresh = false) => {
    open = await openWindow({ route, fresh });
    return open;
  };
  const sent = (name: string) =>
    (open as OpenWindow).engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('shows an evolution with its verdict, its generations and where each genome came from', async () => {
    const { page } = await start('/lab/E-0000000000ee');
    const shown = page.getByRole('region', { name: 'Evolution E-0000000000ee' });
    await shown.getByText('Candidate for paper', { exact: true }).waitFor();
    await shown.getByText('the deflated probability of 0.96 is at the gate of 0.95').waitFor();
    expect(await shown.locator('[data-generation]').count()).toBe(2);
    // What has too little data says so, and shows no number.
    await shown
      .getByText(/not enough data/i)
      .first()
      .waitFor();
    const child = shown.locator('[data-genome="G-cccccccccccc"]');
    await child.waitFor();
    expect(await child.innerText()).toContain('G-aaaaaaaaaaaa G-bbbbbbbbbbbb');
    expect(await child.innerText()).toContain('promoted');
  });

  it('lets a promoted genome be judged on newer candles of the same source, and shows that it lost its place', async () => {
    const { page } = await start('/lab/E-0000000000ee');
    expect(await page.getByRole('button', { name: /^Review G-/ }).count()).toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: 'Review on newer candles: G-cccccccccccc' }).click();
    await page.getByText('G-cccccccccccc was demoted').waitFor();
    await page.locator('[data-genome="G-cccccccccccc"]').getByText('demoted').waitFor();
    expect(await page.getByRole('button', { name: /^Review G-/ }).count()).toBe(0);
    expect(sent('lab.review')).toEqual([{ id: 'G-cccccccccccc', market: { kind: 'imported' } }]);
  });

  it('puts on the board what each strategy has proven, with its n, and of a fresh lab nothing', async () => {
    const { page } = await start('/lab');
    const walked = page.locator('[data-board="sma-cross"]');
    await walked.waitFor();
    expect(await walked.innerText()).toMatch(/0\.31\s+n 147/);
    expect(await walked.innerText()).toMatch(/locked/);
    await page.locator('[data-board="trend-following"]').getByText('E-0000000000ee').waitFor();
    await open?.close();
    const { page: empty } = await start('/lab', true);
    await empty.getByText('No study is completed yet.').waitFor();
  });

  it('says of each strategy what it does, when it does not trade, and its bounds', async () => {
    const { page } = await start('/lab');
    const family = page.locator('[data-family="trend-following"]');
    await family.locator('summary').click();
    await family.getByText('The market goes sideways, or its spread eats the move.').waitFor();
    await family.getByText('Trending up, Breakout').waitFor();
    await family.getByText('5..50').waitFor();
    await page.locator('[data-family="sma-cross"] summary').click();
    await page.getByText('a yardstick: no agent is made of it').waitFor();
  });

  it('starts an evolution of the chosen families, and refuses none and nonsense before it asks', async () => {
    const { page } = await start('/lab');
    await page.getByText('New evolution…', { exact: true }).click();
    await page.getByRole('button', { name: 'Start the evolution' }).click();
    await page.getByText('Choose a family.').waitFor();
    await page.getByLabel('Trend following', { exact: true }).check();
    // A yardstick has no agents, so there is nothing to breed.
    expect(await page.getByLabel('SMA cross', { exact: true }).count()).toBe(0);
    await page.getByLabel('In each generation').fill('1');
    await page.getByRole('button', { name: 'Start the evolution' }).click();
    await page.getByText('A whole number from 2 to 500.').waitFor();
    expect(sent('lab.evolve')).toEqual([]);
    await page.getByLabel('In each generation').fill('6');
    await page.getByRole('button', { name: 'Start the evolution' }).click();
    await page.waitForURL(/#\/lab\/E-000000000009$/);
    expect(sent('lab.evolve')).toEqual([
      {
        market: { kind: 'generator', seed: 1, candles: 5000 },
        interval: '1h',
        families: ['trend-following'],
        population: 6,
        generations: 4,
        folds: 4,
        holdout: 0.2,
      },
    ]);
    await page.getByText('The verdict comes when the evolution has ended.').waitFor();
    // One that runs has proven nothing yet, however new it is: also after another look the board keeps the one that ended.
    await goTo(page, '/portfolio');
    await page.getByRole('heading', { name: 'Locked profit' }).waitFor();
    await goTo(page, '/lab');
    const row = page.locator('[data-board="trend-following"]');
    await row.waitFor();
    await expect.poll(() => sent('lab.show').length).toBeGreaterThan(3);
    await expect.poll(() => row.innerText()).toContain('E-0000000000ee');
    expect(sent('lab.show').filter((asked) => JSON.stringify(asked).includes('E-000000000009'))).toHaveLength(1);
  });

  it('lists when one strategy took the place of another and why, and opens what that run knew', async () => {
    const { page } = await start('/lab');
    const panel = page.getByRole('region', { name: 'Switches of strategy' });
    await panel.locator('[data-switch]').first().waitFor();
    const rows = await panel.locator('[data-switch]').allInnerTexts();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/BTC\/USDT 1h\s+Mean reversion Ranging\s+Trend following Trending up/);
    expect(rows[1]).toContain('Lessons. lessons speak against breakout here');
    expect((await axeOn(page).include('[data-switch="140"]').analyze()).violations).toEqual([]);
    await panel.getByRole('button', { name: 'run 7' }).click();
    await page.getByRole('dialog', { name: 'Evidence of run 7' }).getByRole('table').first().waitFor();
    expect(sent('receipts.facts')).toEqual([{ run: '7' }]);
  });

  it('says that nothing was switched yet', async () => {
    const { page } = await start('/lab', true);
    await page.getByText('No strategy has taken the place of another yet.').waitFor();
  });
});
