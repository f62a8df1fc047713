import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { goTo, openWindow } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: first screen, set-up, limits and instructions');

describe.skipIf(left)('the first screen and the set-up', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('welcomes whoever has never pressed, once, with the environment and the kill switch in sight', async () => {
    const { page, engine, close, problems } = await openWindow(browser, {
      fresh: true,
      preferences: { welcomed: false },
    });
    await page.getByTestId('welcome').waitFor();
    expect(await page.getByTestId('env').first().textContent()).toBe('SIMULATED');
    expect(await page.getByRole('button', { name: /Kill switch/ }).isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByTestId('spawn').waitFor();
    expect(engine.calls.filter(({ name }) => name === 'preferences.set').map(({ input }) => input)).toEqual([
      { changes: { welcomed: true } },
    ]);
    await goTo(page, '/health');
    await goTo(page, '/');
    await page.getByTestId('spawn').waitFor();
    expect(await page.getByTestId('welcome').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  it('speaks Swahili at once when it is chosen there', async () => {
    const { page, close } = await openWindow(browser, { fresh: true, preferences: { welcomed: false } });
    await page.getByRole('radio', { name: 'Kiswahili' }).check({ force: true });
    await page.getByRole('button', { name: 'Anza biashara ya kuigiza' }).waitFor();
    await close();
  });

  it('does not welcome a master whose journal has runs', async () => {
    const { page, close } = await openWindow(browser, { preferences: { welcomed: false } });
    await page.getByTestId('spawn').waitFor();
    expect(await page.getByTestId('welcome').count()).toBe(0);
    await close();
  });

  it('lists the open steps beside the button, and keeps what was looked at', async () => {
    const { page, engine, close } = await openWindow(browser, { fresh: true });
    await page.getByText('Set-up: 2 of 8').waitFor();
    expect(await page.locator('main [data-step]').count()).toBe(4);
    await page.getByRole('link', { name: 'All steps' }).click();
    const risk = page.locator('[data-step="risk"]');
    await risk.getByRole('button', { name: 'Keep as it is' }).click();
    await expect
      .poll(() => engine.calls.filter(({ name }) => name === 'preferences.set').map(({ input }) => input))
      .toEqual([{ changes: { setupReviewed: ['risk'] } }]);
    await close();
  });
});

describe.skipIf(left)('the limits in the settings', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('send only what was changed, numbers as numbers, with the reason', async () => {
    const { page, engine, close } = await openWindow(browser, { route: '/settings/limits' });
    await page.getByLabel('New value of Loss of a day').fill('0.015');
    await page.getByLabel('New value of Agents').fill('2');
    await page.getByText('2 values are changed').waitFor();
    await page.getByLabel('Reason').fill('calmer');
    await page.getByRole('button', { name: 'Set the limits' }).click();
    await expect
      .poll(() => engine.calls.filter(({ name }) => name === 'risk.set_limits').map(({ input }) => input))
      .toEqual([{ changes: { dayLoss: '0.015', maxAgents: 2 }, reason: 'calmer' }]);
    await close();
  });
});

describe.skipIf(left)('the instructions in the settings', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('are written anew with a reason, shown beside what ships, and refused in the engine’s words', async () => {
    const { page, close } = await openWindow(browser, { route: '/settings/instructions' });
    await page.getByRole('button', { name: /role/ }).click();
    const text = page.getByLabel('Text of role');
    const save = page.getByRole('button', { name: 'Keep as a new version' });
    await text.fill('Be brief.');
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('Reason').fill('shorter');
    await save.click();
    await page.getByText('declares {{interval}} but never uses it').waitFor();
    expect(await text.inputValue()).toBe('Be brief.');
    await text.fill('Decide once for each {{interval}} candle.');
    await save.click();
    await page.getByText('Beside the one that ships').waitFor();
    const added = page.getByRole('region', { name: 'Beside the one that ships' }).locator('[data-kind="added"]');
    expect(await added.allInnerTexts()).toEqual([
      expect.stringMatching(/^\+ .*Decide once for each \{\{interval\}\} candle\.$/s),
    ]);
    await close();
  });

  it('of the model itself cannot be edited, and say why', async () => {
    const { page, close } = await openWindow(browser, { route: '/settings/instructions' });
    await page.getByRole('button', { name: /analyst-system/ }).click();
    await page.getByText('scores and receipts of the model rest on this question').waitFor();
    expect(await page.getByLabel('Text of analyst-system').getAttribute('readonly')).not.toBeNull();
    expect(await page.getByRole('button', { name: 'Keep as a new version' }).count()).toBe(0);
    await close();
  });
});
