import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { writeCandleFile } from '../support/candle-file.ts';
import { TAPE_START } from '../support/candle-tapes.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { scriptedModelFile, scriptedWorker } from '../support/scripted-worker.ts';
import { walkCandles } from '../support/snapshots.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-receipt');
let running: TestEngine | undefined;
afterEach(() => running?.close());
afterAll(() => folder.remove());

const ANSWER = '{"regime":"ranging","bias":"none","confidence":"0.5","evidence":["F05"]}';
const start = (options = {}) =>
  startTestEngine({
    model: scriptedModelFile(folder.path),
    forkWorker: () => scriptedWorker(() => ANSWER),
    ...options,
  });

describe('receipts in the journal', () => {
  it('are written before the judgement; shared texts are kept once, whatever is asked how often', async () => {
    running = await start();
    const first = await running.press({ seed: 29 });
    const again = await running.press({ seed: 3 });
    running = await running.reopen();
    await running.press({ seed: 7 });
    const records = await running.records();
    const typesOf = (cycle: number) => records.filter((record) => record.cycle === cycle).map(({ type }) => type);
    for (const { cycle } of [first, again]) {
      const types = typesOf(cycle);
      expect(types.indexOf('analyst.asked')).toBe(types.indexOf('analyst.assessed') - 1);
    }
    const texts = records.filter(({ type }) => type === 'text.kept').map(({ payload }) => JSON.parse(payload));
    expect(new Set(texts.map(({ hash }) => hash)).size).toBe(texts.length);
    const asked = records.filter(({ type }) => type === 'analyst.asked');
    expect(asked).toHaveLength(3);
    for (const { payload } of asked) {
      const { receipt } = JSON.parse(payload);
      for (const hash of [receipt.question.system, receipt.question.schema])
        expect(texts.map((text) => text.hash)).toContain(hash);
      expect(payload.length).toBeLessThan(6_000);
    }
  });

  it('leave the head of a run as it is, whether its texts were kept before or not', async () => {
    running = await start();
    const path = writeCandleFile(join(folder.path, 'walk.csv'), walkCandles(700, 5));
    const press = (engine: TestEngine) =>
      engine.press({ interval: '1h', market: { kind: 'file', path }, at: TAPE_START + 600 * 3_600_000, seed: 11 });
    const fresh = await press(running);
    const repeat = await press(running);
    expect(repeat.runId).toBe(fresh.runId);
    expect(repeat.journalHead).toBe(fresh.journalHead);
    expect((await running.engine.handlers['audit.verify']({})).ok).toBe(true);
  });
});
