import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { openWindow } from './support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('the terminal in the window', () => {
  it('draws what comes, sends what is typed, breaks no policy, and is left by its key', async () => {
    const { page, engine, problems, close } = await openWindow(browser);
    await page.keyboard.press('Control+`');
    await page.getByTestId('terminal').getByText('ready').waitFor();
    await page.keyboard.type('g');
    await page.getByTestId('terminal').getByText('typed g').waitFor();
    // `g` was for the terminal and not for the page, and so is what comes after it.
    await page.keyboard.type('a');
    await page.getByTestId('terminal').getByText('typed a').waitFor();
    expect(new URL(page.url()).hash).toBe('#/terminal');
    await page.keyboard.press('Control+`');
    await page.getByTestId('terminal').waitFor({ state: 'detached' });
    expect(engine.calls.some(({ name }) => name === 'terminal.close')).toBe(true);
    expect(problems).toEqual([]);
    await close();
  });

  it('is painted like the rest of the window, and follows its theme', async () => {
    const { page, close } = await openWindow(browser, { route: '/terminal', theme: 'dark' });
    await page.getByTestId('terminal').getByText('ready').waitFor();
    const grounds = () =>
      page.evaluate(() => {
        const ground = (at: string) => getComputedStyle(document.querySelector(at) ?? document.body).backgroundColor;
        return {
          window: ground('body'),
          terminal: ground('.xterm-viewport'),
          screen: ground('.xterm-scrollable-element'),
        };
      });
    const dark = await grounds();
    expect([dark.terminal, dark.screen]).toContain(dark.window);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect
      .poll(async () => {
        const { window, terminal, screen } = await grounds();
        return window !== dark.window && [terminal, screen].includes(window);
      })
      .toBe(true);
    await close();
  });

  it('says why it ended, and starts again', async () => {
    const { page, close } = await openWindow(browser, { route: '/terminal' });
    await page.getByTestId('terminal').getByText('ready').waitFor();
    await page.keyboard.type('!');
    await page.getByText('the process of the terminal ended: by a test').waitFor();
    await page.getByRole('button', { name: 'Start it again' }).click();
    await page.getByTestId('terminal').getByText('ready').waitFor();
    await close();
  });
});
