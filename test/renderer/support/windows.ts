import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type OpenWindow, openWindow as openIn, type WindowOptions } from './window.ts';

/** For a suite: one browser, and windows that are closed after each test, which must have complained of nothing. */
export function useWindows(): (options?: WindowOptions) => Promise<OpenWindow> {
  let browser: Browser;
  const opened: OpenWindow[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const windows = opened.splice(0);
    for (const window of windows) await window.close();
    expect(windows.flatMap(({ problems }) => problems)).toEqual([]);
  });
  return async (options) => {
    const window = await openIn(browser, options);
    opened.push(window);
    return window;
  };
}
