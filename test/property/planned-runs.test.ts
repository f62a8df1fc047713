import { describe, expect, it } from 'vitest';
import { smaCross } from '#core/agent/families/sma-cross.ts';
import { runBacktest } from '#core/backtest/run-backtest.ts';
import { keepFacts } from '#core/backtest/series-facts.ts';
import { sharedColumns } from '#core/backtest/shared-columns.ts';
import type { BacktestOptions, BacktestOutcome } from '#core/backtest/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { judgeTrial } from '#host/lab/play-trial.ts';
import { columnsOfRows, optionsFor, played, ports } from '../support/backtest-builders.ts';
import { BASE_TIME } from '../support/candle-builders.ts';
import { wanderingColumns } from '../support/candle-column-builders.ts';
import { simulatedInstrument } from '../support/instruments.ts';
import * as fc from '../support/seeded-check.ts';

const HOUR = 3_600_000;

/** Every value to the last bit: columns as the bytes that they are. */
const bits = (outcome: BacktestOutcome): string =>
  JSON.stringify(outcome, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  );

/** Cents; few distinct prices make many ties, and a base beyond 2^53 / (fast x slow) makes plans impossible. */
const tape = fc
  .record({
    base: fc.constantFrom(1000, 2_000_000, 40_000_000_000_000),
    spread: fc.constantFrom(2, 40, 900),
    moves: fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)), { minLength: 3, maxLength: 150, size: 'max' }),
    hole: fc.nat(150),
  })
  .map(({ base, spread, moves, hole }) => {
    const columns = columnsOfRows(
      moves.map(([open, close]) => {
        const [o, c] = [(base + (open % spread)) / 100, (base + (close % spread)) / 100];
        return [o, Math.max(o, c), Math.min(o, c), c, (open % 7) / 2] as const;
      }),
    );
    return { ...columns, openTime: columns.openTime.map((time, i) => (i < hole ? time : time + 3 * HOUR)) };
  });

const pairs = fc.array(fc.record({ fast: fc.integer({ min: 1, max: 12 }), more: fc.integer({ min: 1, max: 25 }) }), {
  minLength: 1,
  maxLength: 4,
});

const settings = fc.record({
  limits: fc.constantFrom('none' as const, 'default' as const),
  costs: fc.constantFrom('fee-only' as const, 'default' as const),
  cash: fc.constantFrom('0', '25000', '1000000000000000'),
  instrument: fc.constantFrom(undefined, simulatedInstrument('BTC/USDT')),
  from: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  to: fc.option(fc.integer({ min: 41, max: 160 }), { nil: undefined }),
});

describe('runs of a search', () => {
  it('are single runs to the last bit: result, fills, journal, curve, run hash, and the same refusals', () => {
    const seen = { trades: 0, refused: 0, orders: 0 };
    fc.assert(
      fc.property(tape, pairs, settings, (columns: CandleColumns, parameters, { from, to, instrument, ...setting }) => {
        const facts = keepFacts();
        for (const { fast, more } of parameters) {
          const options: BacktestOptions = optionsFor(columns, {
            params: { fast, slow: fast + more },
            profiles: { limits: setting.limits, costs: setting.costs },
            cash: setting.cash,
            ...(instrument === undefined ? {} : { instrument }),
            ...(from === undefined ? {} : { from: unixMs(BASE_TIME + from * HOUR) }),
            ...(to === undefined ? {} : { to: unixMs(BASE_TIME + to * HOUR) }),
          });
          const single = attempt(() => runBacktest(options, ports));
          const shared = attempt(() => runBacktest(options, { ...ports, facts }));
          expect(shared).toEqual(single);
          if (single.startsWith('refused')) {
            seen.refused += 1;
            continue;
          }
          const outcome = played(options, { facts });
          seen.trades += outcome.trades.count;
          seen.orders += outcome.journal.count;
          expect(judgeTrial(outcome)).toEqual(judgeTrial(runBacktest(options, ports)));
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.trades).toBeGreaterThan(500);
    expect(seen.orders).toBeGreaterThan(2000);
    expect(seen.refused).toBeGreaterThan(5);
  });

  it('are not planned where a comparison of the averages could round', () => {
    const shared = (highestClose: number) => ({ length: 3, sums: Float64Array.of(0, 1, 2, 3), highestClose });
    expect(smaCross.plan?.(shared(2 ** 53 / 8), { fast: 2, slow: 4 })).toBeDefined();
    expect(smaCross.plan?.(shared(2 ** 53 / 8 + 1), { fast: 2, slow: 4 })).toBeUndefined();
    expect(sharedColumns({ close: Float64Array.of(2 ** 52, 2 ** 52) })).toBeUndefined();
  });

  it('share what does not depend on the parameters, and keep no refusal', () => {
    const columns = wanderingColumns(500);
    const facts = keepFacts();
    const series = { instrumentId: optionsFor(columns).series[0]?.instrumentId ?? ('' as never), columns };
    const [from, until] = [unixMs(columns.openTime[10] ?? 0), unixMs(columns.openTime[400] ?? 0)];
    const part = facts.part(columns, from, until);
    expect(facts.part(columns, from, until)).toBe(part);
    expect(part.length).toBe(390);
    const tick = facts.step(part);
    const view = facts.view({ ...series, columns: part }, tick);
    expect(facts.view({ ...series, columns: part }, tick)).toBe(view);
    expect(facts.view(series, tick)).not.toBe(view);
    expect(facts.shared?.(view)).toBe(facts.shared?.(view));
    const bad = { ...series, columns: { ...columns, close: columns.close.map((price, i) => (i === 7 ? -1 : price)) } };
    for (let attempts = 0; attempts < 2; attempts++) expect(() => facts.gaps(bad)).toThrow(/is impossible|above zero/);
    for (let i = 0; i < 6; i++) facts.part(columns, from, unixMs(until - i * 60_000));
    expect(facts.part(columns, from, until)).not.toBe(part);
  });
});

function attempt(work: () => BacktestOutcome): string {
  let outcome: BacktestOutcome;
  try {
    outcome = work();
  } catch (error) {
    return `refused ${error instanceof Error ? error.message : ''}`;
  }
  return bits(outcome);
}
