import { describe, expect, it } from 'vitest';
import { familyOf } from '#core/agent/family-registry.ts';
import { playAgent, runAccount } from '#core/backtest/agent-player.ts';
import { plainSpec } from '#core/backtest/agent-spec.ts';
import type { AnyDraft } from '#core/cycle/cycle-journal.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { add, compare, formatDecimal, multiply, parseDecimal, subtract, ZERO } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { candleAt, columnsOfCandles, seriesOfColumns, sliceColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { AgentSpec } from '#core/spawner/types.ts';
import { sha256 } from '../../support/candle-builders.ts';
import { closeTimeAt, seriesUntil, tapeOf, trendCloses } from '../../support/candle-tapes.ts';
import { changingMarket } from '../../support/family-markets.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import * as fc from '../../support/seeded-check.ts';
import { accountOf, deskOn } from '../pitfalls/desk-rig.ts';

const HOUR = 3_600_000;
const instrument = simulatedInstrument('BTC/USDT');
const CASH = 10_000;

type Life = { readonly records: readonly AnyDraft[]; readonly spec: AgentSpec; readonly atDecisions: readonly Books[] };
type Books = { readonly held: string; readonly stops: string; readonly stopOrders: number };

/** One agent that buys in parts, from candle `at` on, and what its books say at each of its decisions. */
function lifeOf(columns: CandleColumns, at: number, seed: number): Life {
  const spawnedAt = unixMs((columns.openTime[at] as number) + HOUR);
  const spec = plainSpec(sha256, {
    family: 'dca',
    parameters: familyOf('dca').defaults,
    instrumentId: instrument.id,
    interval: '1h',
    expiresAt: unixMs(spawnedAt + 200 * HOUR),
    seed,
  });
  const records: AnyDraft[] = [];
  const atDecisions: Books[] = [];
  let index = at;
  playAgent({
    spec,
    instrument,
    series: seriesOfColumns(sliceColumns(columns, Math.max(0, at - 300), at + 1)),
    spawnedAt,
    next: () => {
      index += 1;
      return index < columns.length ? candleAt(columns, index) : undefined;
    },
    account: runAccount(instrument, parseDecimal(String(CASH)), spawnedAt),
    ids: createIdFactory(sha256, { seed, at }),
    feeBps: parseDecimal('10'),
    halfSpreadBps: parseDecimal('2'),
    write: (draft) => {
      if (draft.type === 'agent.decided') atDecisions.push(booksOf(records));
      records.push(draft);
    },
    report: (fault) => {
      throw fault;
    },
  });
  return { records, spec, atDecisions };
}

/** What is held and what of it the resting stops cover, from the records alone. */
function booksOf(records: readonly AnyDraft[]): Books {
  const open = new Map<string, { purpose: string; left: ReturnType<typeof parseDecimal> }>();
  let held = ZERO;
  for (const { type, payload } of records) {
    if (type === 'order.submitted')
      open.set(payload.clientOrderId, { purpose: payload.purpose, left: parseDecimal(payload.quantity) });
    else if (type === 'order.canceled' || type === 'order.rejected') open.delete(payload.clientOrderId);
    else if (type === 'order.filled') {
      const size = parseDecimal(payload.quantity);
      held = payload.side === 'buy' ? add(held, size) : subtract(held, size);
      const order = open.get(payload.clientOrderId);
      if (order !== undefined) order.left = subtract(order.left, size);
      if (!isOpenStatus(payload.status)) open.delete(payload.clientOrderId);
    }
  }
  const stops = [...open.values()].filter(({ purpose }) => purpose === 'stop');
  return {
    held: formatDecimal(held),
    stops: formatDecimal(stops.reduce((sum, { left }) => add(sum, left), ZERO)),
    stopOrders: stops.length,
  };
}

const entriesOf = ({ records }: Life) =>
  records.flatMap((record) =>
    record.type === 'order.submitted' && record.payload.purpose === 'entry' ? [record.payload] : [],
  );

const cents = (price: number): number => Math.round(price * 100) / 100;
const calmRise = (seed: number): CandleColumns =>
  columnsOfCandles(
    tapeOf(trendCloses(620, 0.0004 + seed / 100_000, 20_000).map(cents), '1h', 0.004).candles.map((candle) => ({
      ...candle,
      high: cents(candle.high + 0.01),
      low: cents(candle.low - 0.01),
      volume: 5_000,
    })),
    '1h',
  );

describe('a position that is bought in parts', () => {
  it('is never larger, never risks more and is never covered by less than one that is bought at once', () => {
    const parts = new Map<number, number>();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 200, max: 500 }), (seed, at) => {
        // A calm rise in which all parts are bought, or a market that changes its mind.
        const columns = seed % 2 === 0 ? calmRise(seed) : changingMarket(620, seed);
        const life = lifeOf(columns, at, seed);
        const entries = entriesOf(life);
        expect(entries.length).toBeLessThanOrEqual(familyOf('dca').tranches?.(life.spec.parameters) ?? 0);
        const filled = life.records.flatMap((record) =>
          record.type === 'order.filled' && record.payload.purpose === 'entry' ? [record.payload] : [],
        );
        parts.set(entries.length, (parts.get(entries.length) ?? 0) + 1);
        if (filled.length === 0) return;

        // Each one passed the gate, with a stop that is never below the one before, and without a target.
        const approved = life.records.flatMap((record) =>
          record.type === 'risk.approved' && record.payload.purpose === 'entry' ? [record.payload] : [],
        );
        expect(approved).toHaveLength(entries.length);
        expect(approved.every(({ target, stop }) => target === null && stop !== null)).toBe(true);
        const stops = approved.map(({ stop }) => Number(stop));
        expect(stops).toEqual([...stops].sort((a, b) => a - b));

        // From what was paid to the last stop, both fees included: not more than one trade may lose, at what equity was then.
        const last = parseDecimal(String(stops.at(-1)));
        let paid = ZERO;
        let size = ZERO;
        for (const { price, quantity } of filled) {
          paid = add(paid, multiply(parseDecimal(price), parseDecimal(quantity)));
          size = add(size, parseDecimal(quantity));
        }
        const fees = multiply(add(paid, multiply(last, size)), parseDecimal('0.001'));
        const loss = Number(formatDecimal(add(subtract(paid, multiply(last, size)), fees)));
        // A part is sized at the close and filled at the next open, as any entry is: a tenth more covers that.
        expect(loss).toBeLessThanOrEqual(CASH * 0.005 * 1.1);
        expect(Number(formatDecimal(paid))).toBeLessThanOrEqual(CASH * 0.25 * 1.05);

        // At every decision one stop rests, and it is of what is held.
        for (const { held, stops: covered, stopOrders } of life.atDecisions) {
          expect(covered).toBe(held);
          expect(stopOrders).toBe(held === '0' ? 0 : 1);
        }
      }),
      { numRuns: 40 },
    );
    // Parts were really bought, up to all of them.
    expect(parts.get(4) ?? 0).toBeGreaterThan(2);
    expect([...parts.keys()].filter((count) => count > 1).length).toBeGreaterThan(1);
  });

  const tape = tapeOf(trendCloses(330, 0.001, 20_000).map(cents), '1h', 0.004);
  const rigAt = (index: number) =>
    deskOn({
      name: 'parts',
      instrument,
      interval: '1h',
      at: closeTimeAt(tape, index),
      account: accountOf('10000', closeTimeAt(tape, index)),
    });
  const ask = (rig: ReturnType<typeof rigAt>, index: number, tranches: number): void => {
    const ts = closeTimeAt(tape, index);
    rig.desk.enter(
      { kind: 'enter', direction: 'long', tranches, reason: 'x', decidedAt: ts },
      seriesUntil(tape, index),
      ts,
    );
  };
  const checksOf = (rig: ReturnType<typeof rigAt>): readonly string[] =>
    rig.records.flatMap((record) => (record.type === 'risk.denied' ? [record.payload.check] : []));

  it('is refused a part too many, a part while one is on its way, and one while it is being sold', () => {
    const rig = rigAt(299);
    ask(rig, 299, 2);
    ask(rig, 299, 2);
    expect(checksOf(rig)).toEqual(['one-at-a-time']);
    rig.desk.onCandle(tape.candles[300] as ClosedCandle);
    expect(rig.desk.tranches()).toBe(1);
    ask(rig, 300, 2);
    rig.desk.onCandle(tape.candles[301] as ClosedCandle);
    expect(rig.desk.tranches()).toBe(2);
    ask(rig, 301, 2);
    expect(checksOf(rig)).toEqual(['one-at-a-time', 'one-at-a-time']);

    const selling = rigAt(299);
    ask(selling, 299, 3);
    selling.desk.onCandle(tape.candles[300] as ClosedCandle);
    selling.desk.flatten('enough', closeTimeAt(tape, 300));
    ask(selling, 300, 3);
    expect(checksOf(selling)).toEqual(['one-at-a-time']);
    selling.desk.onCandle(tape.candles[301] as ClosedCandle);
    expect(selling.desk.holding()).toBe(false);
  });

  it('does not let a family that buys at once add anything', () => {
    const rig = rigAt(299);
    ask(rig, 299, 1);
    rig.desk.onCandle(tape.candles[300] as ClosedCandle);
    ask(rig, 300, 1);
    expect(checksOf(rig)).toEqual(['one-at-a-time']);
    expect(compare(parseDecimal(String(rig.desk.tranches())), parseDecimal('1'))).toBe(0);
  });
});
