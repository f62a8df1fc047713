import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokens } from '#host/socket-host.ts';
import { startWebServer } from '#host/web-server.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';

const left = notRunWithoutChromium('renderer tests: the chart and the terminal under the policy of the page');
const ROOT = resolve(import.meta.dirname, '../..');

/** A page with nothing on it but the two libraries that draw by themselves, used as the window uses them. */
const PROBE = `
import { createChart, CandlestickSeries } from 'lightweight-charts';
import { Terminal } from '@xterm/xterm';
import { FitAddon } from '@xterm/addon-fit';
import '@xterm/xterm/css/xterm.css';
globalThis.violations = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(event.effectiveDirective + ' ' + event.sample));
const chart = createChart(document.getElementById('chart'), { layout: { attributionLogo: globalThis.location.hash === '#logo' } });
chart.addSeries(CandlestickSeries).setData([
  { time: 1, open: 1, high: 3, low: 1, close: 2 },
  { time: 60, open: 2, high: 4, low: 2, close: 3 },
]);
const terminal = new Terminal({ convertEol: true });
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.open(document.getElementById('terminal'));
fit.fit();
terminal.write('\\u001b[32mready\\u001b[0m to trade', () => { globalThis.drawn = terminal.buffer.active.getLine(0).translateToString(true); });
`;

describe.skipIf(left)('the policy of the page', () => {
  let browser: Browser;
  let folder: string;
  let built: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mt-policy-'));
    built = join(folder, 'built');
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><title>probe</title><div id="chart"></div><div id="terminal"></div><script type="module" src="./probe.js"></script>',
    );
    writeFileSync(join(folder, 'probe.js'), PROBE);
    await build({
      configFile: false,
      logLevel: 'error',
      root: folder,
      resolve: {
        alias: ['lightweight-charts', '@xterm/xterm', '@xterm/addon-fit'].map((find) => ({
          find,
          replacement: join(ROOT, 'node_modules', find),
        })),
      },
      build: { outDir: built, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (hash: string) => {
    const server = await startWebServer({ directory: built, tokens: createTokens(), serve: () => () => undefined });
    const page = await browser.newPage();
    try {
      await page.goto(`http://127.0.0.1:${server.port}/${hash}`);
      const ready = (): Promise<boolean> =>
        page.evaluate(() => Array.isArray((globalThis as { violations?: unknown }).violations));
      await expect.poll(ready).toBe(true);
      await page.waitForTimeout(500);
      return await page.evaluate(() => {
        const { drawn, violations } = globalThis as unknown as { drawn?: string; violations?: string[] };
        return { drawn, violations, canvases: document.querySelectorAll('#chart canvas').length };
      });
    } finally {
      await page.close();
      await server.close();
    }
  };

  it('[checklist 7] lets the chart and the terminal draw, and is broken by neither', async () => {
    const seen = await open('');
    expect(seen.violations).toEqual([]);
    expect(seen.drawn).toBe('ready to trade');
    expect(seen.canvases).toBeGreaterThan(0);
  });

  it('is what keeps the chart’s own logo out: the test sees a library that breaks it', async () => {
    const seen = await open('#logo');
    expect(seen.violations?.length).toBeGreaterThan(0);
  });
});
