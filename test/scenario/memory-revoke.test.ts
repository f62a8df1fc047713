import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { writeCandleFile } from '../support/candle-file.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { candle } from '../support/trading-builders.ts';

const HOUR = 3_600_000;
const START = 1_700_000_000_000 - (1_700_000_000_000 % HOUR);
/** A slow wave on a slow rise. */
const priceAt = (slot: number): number => Math.round(20_000 + 8 * slot + 150 * Math.sin(slot / 9));
const CANDLES = Array.from({ length: 900 }, (_, slot) => {
  const [open, close] = [priceAt(slot), priceAt(slot + 1)];
  const shape = candle(slot, open, Math.max(open, close) + 30, Math.min(open, close) - 30, close);
  return { ...shape, openTime: unixMs(START + slot * HOUR), closeTime: unixMs(START + (slot + 1) * HOUR) };
});

type Decided = {
  readonly cycle: number;
  readonly lessons: readonly string[];
  readonly withheld: readonly string[];
};

describe('a lesson that is struck out', () => {
  const folder = tempFolder('mt-revoke');
  let engine: TestEngine;
  let path: string;
  const press = (slot: number, seed: number): Promise<CycleView> =>
    engine.press({
      instrument: 'BTC/USDT',
      interval: '1h',
      market: { kind: 'file', path },
      at: START + slot * HOUR,
      seed,
    });
  const decided = async (): Promise<readonly Decided[]> =>
    (await engine.records())
      .filter(({ type }) => type === 'spawner.decided')
      .map(({ cycle, payload }) => {
        const { lessons, memory } = JSON.parse(payload) as {
          lessons: { id: string }[];
          memory: { withheld: string[] };
        };
        return { cycle, lessons: lessons.map(({ id }) => id), withheld: memory.withheld };
      });

  beforeAll(async () => {
    path = writeCandleFile(join(folder.path, 'btc.csv'), CANDLES);
    engine = await startTestEngine();
  });
  afterAll(async () => {
    await engine.close();
    folder.remove();
  });

  it('is gone from later decisions, listed with exactly those that knew it, and still there in repeats of them', async () => {
    const first = await press(700, 1);
    const id = first.lesson?.id ?? expect.fail('no lesson');
    // Until chance has withheld it once and let it be known twice: which decisions those are follows from their runs.
    const before: CycleView[] = [];
    const cyclesWith = async (evidence: 'lessons' | 'withheld') =>
      (await decided()).filter((decision) => decision[evidence].includes(id)).map(({ cycle }) => cycle);
    const few = async (): Promise<boolean> =>
      (await cyclesWith('withheld')).length === 0 || (await cyclesWith('lessons')).length < 2;
    while (before.length < 3 || ((await few()) && before.length < 60)) before.push(await press(800, before.length + 1));
    const [knew, without] = [await cyclesWith('lessons'), await cyclesWith('withheld')];
    expect(knew.length).toBeGreaterThan(1);
    expect(without.length).toBeGreaterThan(0);
    expect(knew.length + without.length).toBe(before.length);

    const revoke = engine.engine.handlers['memory.revoke'];
    const answer = await revoke({ id, reason: 'the feed was wrong' });
    expect(answer.decisions.map(({ cycle }) => cycle)).toEqual(knew);
    await expect(Promise.resolve().then(() => revoke({ id, reason: 'again' }))).rejects.toMatchObject({
      code: 'refused',
    });

    // New decisions do without it, also of the same moment; repeats of old ones end at the head they had.
    const fresh = await press(800, 99);
    const newest = (await decided()).at(-1);
    expect(newest?.cycle).toBe(fresh.cycle);
    expect([...(newest?.lessons ?? []), ...(newest?.withheld ?? [])]).not.toContain(id);
    for (const seed of [1, 2, before.length])
      expect((await press(800, seed)).journalHead).toBe(before[seed - 1]?.journalHead);

    engine = await engine.reopen();
    const detail = await engine.engine.handlers['memory.show']({ id });
    expect(detail.lesson).toMatchObject({ status: 'revoked', why: 'the feed was wrong', runId: first.runId });
    expect(detail.cycle).toBe(first.cycle);
    expect(detail.specHash).toBe(first.agentSpec?.hash ?? null);
    const shown = detail.decisions.filter(({ evidence }) => evidence === 'used').map(({ cycle }) => cycle);
    expect(shown).toEqual(await cyclesWith('lessons'));
    expect(shown.length).toBeGreaterThan(knew.length);
    expect((await engine.engine.handlers['memory.summary']({})).revoked).toBe(1);
  });
});
