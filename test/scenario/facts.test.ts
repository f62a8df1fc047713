import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { writeCandleFile } from '../support/candle-file.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { candle } from '../support/trading-builders.ts';

const HOUR = 3_600_000;
const START = 1_700_000_000_000 - (1_700_000_000_000 % HOUR);
const priceAt = (slot: number): number => Math.round(20_000 + 8 * slot + 150 * Math.sin(slot / 9));
const CANDLES = Array.from({ length: 760 }, (_, slot) => {
  const [open, close] = [priceAt(slot), priceAt(slot + 1)];
  const shape = candle(slot, open, Math.max(open, close) + 30, Math.min(open, close) - 30, close);
  return { ...shape, openTime: unixMs(START + slot * HOUR), closeTime: unixMs(START + (slot + 1) * HOUR) };
});
const AT = START + 700 * HOUR;

describe('the facts of a run', () => {
  const folder = tempFolder('mt-facts');
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(async () => {
    await engine.close();
    folder.remove();
  });

  it('are those that it judged by, marked where the judgement names them, with the candles and the record behind them', async () => {
    const path = writeCandleFile(join(folder.path, 'btc.csv'), CANDLES);
    const view = await engine.press({
      instrument: 'BTC/USDT',
      interval: '1h',
      market: { kind: 'file', path },
      at: AT,
      seed: 1,
    });
    const facts = await engine.engine.handlers['receipts.facts']({ run: view.runId });
    const named = view.assessment?.evidence ?? [];
    expect(named.length).toBeGreaterThan(0);
    const plain = facts.facts.filter(({ cited }) => cited).map(({ cited: _cited, ...fact }) => fact);
    expect(plain.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      named.toSorted((a, b) => a.id.localeCompare(b.id)),
    );
    expect(facts.facts.length).toBeGreaterThan(named.length);
    expect(facts).toMatchObject({ asOf: AT, lastClose: AT, gaps: 0, asked: false, instrument: 'BTC/USDT' });
    const record = (await engine.records()).find(({ seq }) => seq === facts.recordSeq);
    expect(record).toMatchObject({ type: 'context.built', runId: view.runId, hash: facts.recordHash });
    await expect(async () => engine.engine.handlers['receipts.facts']({ run: '77' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
