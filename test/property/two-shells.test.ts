import { describe, expect, it } from 'vitest';
import type { ColumnOrder } from '#core/agent/column-family.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { applyFill, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import { candleAt } from '#core/market/candle-columns.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import { columnsOfRows, fillLines, optionsFor, played, scripted } from '../support/backtest-builders.ts';
import { sha256 } from '../support/candle-builders.ts';
import * as fc from '../support/seeded-check.ts';
import { AGENT, approve, BTC, BTCUSDT, instrument, orderId, USDT } from '../support/trading-builders.ts';

/** Prices in cents, quantities in lots of 0.001; volumes in lots too, so that both shells count the same. */
type Plan = { readonly at: number; readonly order: ColumnOrder };

const cents = fc.integer({ min: 9_000, max: 11_000 });
const row = fc
  .tuple(cents, cents, fc.nat(300), fc.nat(300), fc.integer({ min: 0, max: 9_000 }))
  .map(
    ([open, close, up, down, volume]) =>
      [
        open / 100,
        (Math.max(open, close) + up) / 100,
        (Math.min(open, close) - down) / 100,
        close / 100,
        volume / 1000,
      ] as const,
  );

const order: fc.Arbitrary<ColumnOrder> = fc
  .record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    type: fc.constantFrom(
      'market' as const,
      'limit' as const,
      'stop' as const,
      'stop_limit' as const,
      'trailing_stop' as const,
    ),
    lots: fc.integer({ min: 100, max: 900 }),
    limit: cents,
    trigger: cents,
    trail: fc.integer({ min: 50, max: 400 }),
    immediate: fc.constantFrom('gtc' as const, 'ioc' as const, 'fok' as const),
    postOnly: fc.boolean(),
    group: fc.nat(2),
  })
  .map(({ side, type, lots, limit, trigger, trail, immediate, postOnly, group }) => ({
    side,
    type,
    lots,
    ...(type === 'limit' || type === 'stop_limit' ? { limit } : {}),
    ...(type === 'stop' || type === 'stop_limit' || type === 'trailing_stop' ? { trigger } : {}),
    ...(type === 'trailing_stop' ? { trail } : {}),
    ...(type === 'market' || (type === 'limit' && !postOnly) ? { timeInForce: immediate } : {}),
    ...(type === 'limit' && postOnly ? { postOnly } : {}),
    ...(group === 0 ? {} : { group }),
  }));

const plans = fc.array(fc.record({ at: fc.nat(25), order }), { minLength: 3, maxLength: 25, size: 'max' });
const money = (units: number): ReturnType<typeof price> => price(formatDecimal({ units: BigInt(units), scale: 2 }));

const proposed = (
  n: number,
  { side, type, lots, limit, trigger, trail, timeInForce, postOnly, group }: ColumnOrder,
): ProposedOrder => {
  const at = trigger ?? limit;
  return {
    clientOrderId: orderId(n),
    side,
    type,
    purpose: side === 'buy' ? 'entry' : 'exit',
    quantity: quantity(formatDecimal({ units: BigInt(lots), scale: 3 })),
    reduceOnly: side === 'sell',
    ...(at === undefined ? {} : { price: money(at) }),
    ...(type === 'stop_limit' && limit !== undefined ? { limitPrice: money(limit) } : {}),
    ...(trail === undefined ? {} : { trail: money(trail) }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
    ...(postOnly === undefined ? {} : { postOnly }),
    ...(group === undefined ? {} : { group: String(group) }),
  };
};

const plain = { ...instrument, minQuantity: parseDecimal('0.001'), minNotional: parseDecimal('0'), quoteScale: 4 };

describe('venue and back-tester', () => {
  it('fill the same orders on the same candles at the same prices, with the same fees and the same cash', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 10, maxLength: 30, size: 'max' }),
        plans,
        (rows, wanted: readonly Plan[]) => {
          const columns = columnsOfRows(rows);
          if (!rows.some(([, , , , volume]) => volume > 0)) return;
          const accepted: { readonly n: number; readonly at: number; readonly order: ColumnOrder }[] = [];
          const script = ({ series, desk }: Parameters<ReturnType<ReturnType<typeof scripted>['create']>>[0]): void => {
            const at = series[0].count() - 1;
            for (const plan of wanted) {
              // What the venue would refuse at once (a sale of more than is held) is not sent to either.
              if (plan.at !== at || (plan.order.side === 'sell' && plan.order.lots > desk.held())) continue;
              const n = desk.submit(plan.order);
              if (n > 0) accepted.push({ n, at, order: plan.order });
            }
          };
          const result = played(
            optionsFor(columns, {
              strategy: 'scripted',
              instrument: plain,
              feeBps: '7.53',
              cash: '10000000',
              profiles: { limits: 'default', costs: 'default' },
            }),
            { families: () => scripted({}, { create: () => script }) },
          );

          const venue = createSimulatedVenue({
            instrument: plain,
            feeBps: parseDecimal('7.53'),
            halfSpreadBps: parseDecimal('2'),
            participation: 0.1,
            impact: 0.1,
            ids: createIdFactory(sha256, 'two shells'),
          });
          let ledger = openLedger(USDT, parseDecimal('10000000'), unixMs(0)).state;
          const lines: string[] = [];
          let candle = 0;
          venue.subscribe((event) => {
            if (event.kind !== 'filled') return;
            const { fill } = event;
            ledger = applyFill(ledger, fill, plain).state;
            const [lots, ticks] = [fill.quantity, fill.price].map((value, i) =>
              Math.round(Number(formatDecimal(value)) * (i === 0 ? 1000 : 100)),
            );
            lines.push(
              `${candle} ${fill.side} ${lots} at ${ticks} fee ${formatDecimal(fill.fee.amount)} ${fill.liquidity}`,
            );
          });
          for (; candle < columns.length; candle++) {
            const one = candleAt(columns, candle);
            venue.onCandle(one);
            for (const { n, at, order: sent } of accepted)
              if (at === candle)
                venue.submit({
                  agentId: AGENT,
                  instrumentId: BTCUSDT,
                  order: approve(proposed(n, sent)),
                  submittedAt: one.closeTime,
                });
          }
          expect(fillLines(result)).toEqual(lines);
          expect(result.finalCash).toBe(formatDecimal(balanceOf(ledger, 'cash', USDT)));
          expect(result.openPosition).toBe(formatDecimal(balanceOf(ledger, 'position', BTC)));
          compared += lines.length;
        },
      ),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});
