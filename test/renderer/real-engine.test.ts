import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createEngine, type Engine } from '#host/create-engine.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import { type Door, openDoor } from '#host/open-door.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { builtPage } from './support/built-page.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe.skipIf(notRunWithoutChromium('the page in Chromium on the real engine'))(
  'the page in a browser, over the socket of the real engine',
  () => {
    const folder = tempFolder('mt-web');
    const complaints: string[] = [];
    let engine: Engine;
    let door: Door;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      const logger = createRingLogger({ verbose: false });
      engine = await createEngine({
        home: folder.path,
        resources: resolve(ROOT, 'resources'),
        version: '0.0.0-test',
        pace: 'realtime',
        modelPath: undefined,
        forkWorker: () => forkNodeWorker(resolve(ROOT, 'src/adapters/inference-llama/worker.ts'), logger),
        labWorker: resolve(ROOT, 'src/host/lab/worker.ts'),
        secrets: createMemorySecretStore('missing'),
        logger,
      });
      door = await openDoor({ engine, home: folder.path, logger, pageDirectory: await builtPage() });
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
    });
    afterAll(async () => {
      await browser?.close();
      await door?.close();
      await engine?.close();
      folder.remove();
    });

    it('connects with the token of its address and takes it out of sight', async () => {
      await page.goto(door.url ?? '');
      await page.getByRole('button', { name: 'Start simulated trading' }).click();
      await page.getByTestId('env').first().waitFor();
      expect(await page.getByTestId('env').first().innerText()).toContain('SIMULATED');
      expect(page.url()).not.toContain('token');
      await page
        .getByText(/not protected/i)
        .first()
        .waitFor();
    });

    it('runs a whole cycle at one press: stages, brief, trade, markers, lesson', async () => {
      await page.getByTestId('spawn').click();
      await page.getByTestId('brief').waitFor();
      await expect.poll(async () => (await engine.handlers['cycle.get']({}))?.fills.length).toBeGreaterThan(0);
      await page.getByRole('link', { name: /market/i }).click();
      await expect.poll(() => page.getByTestId('chart-summary').innerText()).toMatch(/\d trades?: bought/);
      await page.getByRole('link', { name: /command/i }).click();
      // On five-minute candles a life may last four minutes; the master ends it here.
      await engine.handlers['cycle.cancel']({ reason: 'the test has seen enough' });
      await page.getByTestId('result').waitFor();
      const view = await engine.handlers['cycle.get']({});
      expect(view?.result?.reconciliation.difference).toBe('0');
      expect(await page.getByTestId('result').innerText()).toContain('it reconciles');
    });

    it('verifies the journal from the audit screen', async () => {
      await page.getByRole('link', { name: /audit/i }).click();
      await page.getByRole('button', { name: /verify/i }).click();
      await expect.poll(() => page.getByTestId('verdict').innerText()).toMatch(/The chain is whole: \d+ records/);
    });

    it('complains about nothing', () => {
      expect(complaints).toEqual([]);
    });
  },
);
