import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { add, formatDecimal, isZero, multiply, parseDecimal, subtract, sum, ZERO } from '#core/domain/decimal.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { writeCandleFile } from '../support/candle-file.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import * as fc from '../support/seeded-check.ts';
import { candleFile, notRunWithoutShared } from '../support/shared-material.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOUR = 3_600_000;
/** Three regimes: a bull, a sideways market and a crash. */
const MOMENTS = ['2023-10-20T00:00:00Z', '2023-08-15T00:00:00Z', '2020-03-13T00:00:00Z'] as const;
const absent = notRunWithoutShared('the whole cycle on real candles');
const BTC = candleFile('binance-BTCUSDT-1h.csv.gz');

const spawnAt = (engine: TestEngine, at: string, path = BTC, seed = 7): Promise<CycleView> =>
  engine.press({ instrument: 'BTC/USDT', interval: '1h', market: { kind: 'file', path }, at: Date.parse(at), seed });

describe.runIf(!absent)('the whole cycle on real candles', () => {
  let engine: TestEngine;
  let candles: readonly ClosedCandle[];
  const folder = tempFolder('mt-cycle');

  beforeAll(async () => {
    engine = await startTestEngine();
    candles = readCandleFile(BTC, '1h').series.candles;
  });
  afterAll(async () => {
    await engine.close();
    folder.remove();
  });

  const sliceFile = (name: string, from: number, until: number): string =>
    writeCandleFile(
      join(folder.path, name),
      candles.filter((candle) => candle.openTime >= from && candle.closeTime <= until),
    );

  it.each(MOMENTS)('completes at %s with a judgement, a reason, a lesson and a head', async (at) => {
    const view = await spawnAt(engine, at);
    expect(view.state).toBe('completed');
    expect(view.assessment?.evidence.length).toBeGreaterThan(0);
    expect(view.result?.reason).not.toBe('');
    expect(view.lesson?.text).not.toBe('');
    expect(view.journalHead).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(MOMENTS)(
    'gives the same journal head twice for the same seed at %s, in the same folder and in a fresh one',
    async (at) => {
      const other = await startTestEngine();
      const heads = [await spawnAt(engine, at), await spawnAt(engine, at), await spawnAt(other, at)].map(
        (view) => view.journalHead,
      );
      await other.close();
      expect(new Set(heads).size).toBe(1);
      expect((await spawnAt(engine, at, BTC, 8)).journalHead).not.toBe(heads[0]);
    },
  );

  it('reconciles to the last digit, and every event is a balanced entry', async () => {
    let traded = 0;
    for (const at of ['2023-10-20', '2024-02-29', '2021-01-03', '2023-08-16', '2022-07-20', '2020-11-06']) {
      const view = await spawnAt(engine, `${at}T00:00:00Z`);
      const proof = view.result?.reconciliation;
      expect(proof?.difference).toBe('0');
      if (proof === undefined) continue;
      // A second bookkeeping from the fills alone: what was paid, received and charged explains the cash.
      const flow = sum(
        view.fills.map((fill) =>
          multiply(parseDecimal(fill.price), parseDecimal(fill.side === 'buy' ? `-${fill.quantity}` : fill.quantity)),
        ),
      );
      const fees = sum(view.fills.map((fill) => parseDecimal(fill.fee)));
      expect(formatDecimal(subtract(add(parseDecimal(proof.startingEquity), flow), fees))).toBe(proof.cash);
      expect(formatDecimal(fees)).toBe(proof.fees);
      expect(formatDecimal(add(parseDecimal(proof.cash), parseDecimal(proof.positionValue)))).toBe(proof.equity);
      if (view.fills.length > 0) traded += 1;
    }
    expect(traded).toBeGreaterThan(2);
    const entries = (await engine.records()).filter((record) => record.type === 'ledger.posted');
    expect(entries.length).toBeGreaterThan(4);
    for (const { payload } of entries) {
      const { postings } = JSON.parse(payload) as { postings: { asset: string; amount: string }[] };
      for (const asset of new Set(postings.map((posting) => posting.asset))) {
        const rest = sum(
          postings.filter((posting) => posting.asset === asset).map((posting) => parseDecimal(posting.amount)),
        );
        expect(isZero(subtract(rest, ZERO))).toBe(true);
      }
    }
  });

  it('shows which lessons the next spawn used, and never one of its future', async () => {
    const fresh = await startTestEngine();
    const first = await spawnAt(fresh, '2024-02-27T00:00:00Z');
    expect(first.lesson).not.toBeNull();
    // A quarter of the decisions does without a lesson by chance; which ones follows from their runs.
    const used: boolean[] = [];
    for (const seed of [7, 8, 9, 10, 11, 12]) {
      const later = await spawnAt(fresh, '2024-02-29T06:00:00Z', BTC, seed);
      used.push(later.agentSpec?.lessons.some((use) => use.id === first.lesson?.id) === true);
    }
    const decided = (await fresh.records()).filter(({ type }) => type === 'spawner.decided').slice(1);
    const withheld = decided.map(({ payload }) => {
      const { memory } = JSON.parse(payload) as { memory: { withheld: string[] } };
      return memory.withheld.includes(first.lesson?.id ?? '');
    });
    const earlier = await spawnAt(fresh, '2024-02-26T00:00:00Z');
    await fresh.close();
    expect(used.map((one) => !one)).toEqual(withheld);
    expect(used).toContain(true);
    expect(earlier.agentSpec?.lessons ?? []).toEqual([]);
  });

  it('never peeks: cutting the file after any moment leaves every earlier record unchanged', async () => {
    const at = Date.parse('2023-10-20T00:00:00Z');
    const from = at - 1_050 * HOUR;
    const lifespan = 50;
    const other = await startTestEngine();
    const recordsOf = async (path: string): Promise<readonly { ts: number; type: string; payload: string }[]> => {
      const view = await other.press({
        instrument: 'BTC/USDT',
        interval: '1h',
        market: { kind: 'file', path },
        at,
        seed: 7,
      });
      const all = await other.records();
      return all
        .filter((record) => record.cycle === view.cycle)
        .map(({ ts, type, payload }) => ({ ts, type, payload }));
    };
    const whole = await recordsOf(BTC);
    expect(whole.filter((record) => record.type === 'agent.decided').length).toBeGreaterThan(3);
    let cuts = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: lifespan }), async (hours) => {
        const cut = at + hours * HOUR;
        cuts += 1;
        const short = await recordsOf(sliceFile(`cut-${cuts}.csv`, from, cut));
        const before = (records: typeof whole) => records.filter((record) => record.ts < cut);
        expect(before(short)).toEqual(before(whole));
      }),
      { numRuns: 25 },
    );
    await other.close();
    expect(cuts).toBeGreaterThanOrEqual(25);
  });

  it('fills nothing at a price from before the press, when the press falls inside a candle', async () => {
    let filled = 0;
    for (const minutes of [1, 30, 59]) {
      const at = Date.parse('2023-10-20T00:00:00Z') + minutes * 60_000;
      const view = await spawnAt(engine, new Date(at).toISOString());
      // The candle that was open at the press fills nothing: the entry is the next open, half a spread worse and on the tick.
      const next = candles.find((candle) => candle.openTime >= at);
      const entry = view.fills.find((fill) => fill.purpose === 'entry');
      if (entry !== undefined && entry.ts === next?.openTime)
        expect(Number(entry.price)).toBeCloseTo(next.open * 1.0001, 1);
      if (view.decisions[0]?.kind === 'enter') expect(entry?.ts).toBe(next?.openTime);
      for (const fill of view.fills) expect(fill.ts).toBeGreaterThanOrEqual(at);
      for (const decision of view.decisions) expect(decision.ts).toBeGreaterThanOrEqual(at);
      filled += view.fills.length;
    }
    expect(filled).toBeGreaterThan(0);
  });

  it('notices a planted peek: candles altered after the moment would change nothing, altered before it change the head', async () => {
    const at = Date.parse('2023-10-20T00:00:00Z');
    const path = sliceFile('plain.csv', at - 1_050 * HOUR, at + 60 * HOUR);
    const plain = await spawnAt(engine, '2023-10-20T00:00:00Z', path);
    const altered = candles
      .filter((candle) => candle.openTime >= at - 1_050 * HOUR && candle.closeTime <= at + 60 * HOUR)
      .map(
        (candle): ClosedCandle =>
          candle.closeTime === at - 100 * HOUR ? { ...candle, volume: candle.volume + 1 } : candle,
      );
    const touched = await spawnAt(
      engine,
      '2023-10-20T00:00:00Z',
      writeCandleFile(join(folder.path, 'touched.csv'), altered),
    );
    expect(touched.journalHead).not.toBe(plain.journalHead);
    expect(plain.journalHead).toBe((await spawnAt(engine, '2023-10-20T00:00:00Z')).journalHead);
  });
});
