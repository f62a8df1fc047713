import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { type TradeId, unixMs } from '#core/domain/ids.ts';
import type { Fill } from '#core/domain/order.ts';
import { createAccountEvents } from '#core/performance/account-events.ts';
import { histogramOf } from '#core/performance/histogram.ts';
import { measureAccount } from '#core/performance/measure.ts';
import { startOf } from '#core/performance/periods.ts';
import { isKnown } from '#core/statistics/figure.ts';
import { fillRecord, recordOf, spawnedRecord } from '../../support/performance-records.ts';
import { BTCUSDT, fillOf, HOUR } from '../../support/trading-builders.ts';

const DAY = 24 * HOUR;
const filled = (side: 'buy' | 'sell', size: string, paid: string, fee: string, id: string, ts: number): Fill => ({
  ...fillOf(side, size, paid, fee, id as TradeId),
  tsEvent: unixMs(ts),
});

const measure = (story: ReturnType<typeof createAccountEvents>, mark: string, since = 0, until = 100 * DAY) =>
  measureAccount({
    events: story.events,
    ownerOf: story.ownerOf,
    openedAt: unixMs(0),
    since: unixMs(since),
    until: unixMs(until),
    netDeposits: parseDecimal('10000'),
    marks: new Map([[BTCUSDT, parseDecimal(mark)]]),
  });

describe('what an account did', () => {
  // Bought in two fills, sold in two; a stop was planned to lose 12.
  const story = createAccountEvents();
  story.take(spawnedRecord(1, HOUR, 'scalping', 'ranging'));
  story.take(
    recordOf(1, HOUR, 'risk.approved', {
      agentId: 'A-1' as never,
      purpose: 'entry',
      side: 'buy',
      quantity: '2',
      stop: '95',
      target: null,
      checks: [],
      reserved: {
        clientOrderId: fillOf('buy', '1', '1').clientOrderId,
        instrumentId: BTCUSDT,
        notional: '200',
        loss: '12',
        gap: '1',
        cash: '201',
      },
    }),
  );
  story.take(fillRecord(1, filled('buy', '0.5', '100', '0.05', 'T1', 2 * HOUR)));
  story.take(fillRecord(1, filled('buy', '1.5', '101', '0.15', 'T2', 3 * HOUR)));
  // The same trade told twice is one trade.
  story.take(fillRecord(1, filled('buy', '1.5', '101', '0.15', 'T2', 3 * HOUR)));
  story.take(fillRecord(1, filled('sell', '1', '110', '0.11', 'T3', DAY + HOUR)));
  story.take(fillRecord(1, filled('sell', '1', '90', '0.09', 'T4', 2 * DAY + HOUR)));
  // By hand, and still held.
  story.take(fillRecord(0, filled('buy', '1', '90', '0.09', 'T5', 2 * DAY + 2 * HOUR)));

  it('counts a position from its first fill until nothing of it is held, with its fees and its planned risk', () => {
    const measured = measure(story, '95');
    expect(measured.trades).toHaveLength(1);
    const [trade] = measured.trades;
    // 110 + 90 - 50 - 151.5 - 0.4
    expect(trade === undefined ? '' : formatDecimal(trade.net)).toBe('-1.9');
    expect(trade).toMatchObject({ entryTime: 2 * HOUR, exitTime: 2 * DAY + HOUR, risk: 12, direction: 'long' });
    expect(formatDecimal(measured.total)).toBe('3.01');
    expect(measured.groups.agent.map(({ key, result }) => [key, formatDecimal(result)])).toEqual([
      ['by hand', '4.91'],
      ['A-1', '-1.9'],
    ]);
    expect(measured.groups.family.map(({ key }) => key)).toEqual(['by hand', 'scalping']);
    expect(formatDecimal(measured.fees)).toBe('0.49');
  });

  it('looks at the time asked for alone, and takes what was held before at its worth then', () => {
    const late = measure(story, '95', DAY + 2 * HOUR);
    // The half that was left was worth 110 and went for 90; then one bought at 90 stands at 95; fees 0.18.
    expect(formatDecimal(late.result)).toBe('-15.18');
    expect(formatDecimal(late.total)).toBe('3.01');
    expect(late.days.map(({ start, result }) => [start / DAY, formatDecimal(result)])).toEqual([
      [2, '-20.18'],
      [100, '5'],
    ]);
    expect(formatDecimal(measure(story, '95', 50 * DAY).result)).toBe('5');
  });

  it('finds the drawdown at the marks of decisions too, and never takes a missing candle for a price of zero', () => {
    const marked = createAccountEvents();
    marked.take(recordOf(1, 0, 'cycle.started', { instrumentId: BTCUSDT } as never));
    marked.take(fillRecord(1, filled('buy', '1', '100', '0', 'M1', HOUR)));
    const decided = (ts: number, close: number): void =>
      marked.take(recordOf(1, ts, 'agent.decided', { agentId: 'A-1', intent: {}, close } as never));
    decided(2 * HOUR, 120);
    decided(3 * HOUR, 0);
    decided(4 * HOUR, 70);
    const { maxDrawdown, points } = measure(marked, '100');
    expect(points.map(({ total }) => formatDecimal(total))).toEqual(['0', '20', '-30', '0']);
    expect(isKnown(maxDrawdown) && maxDrawdown.value).toBeCloseTo(50 / 10_020, 12);
  });
});

describe('an empty account', () => {
  it('has a result of zero and no figure', () => {
    const measured = measure(createAccountEvents(), '1');
    expect(formatDecimal(measured.total)).toBe('0');
    expect(measured.groups.agent).toEqual([]);
    expect(isKnown(measured.maxDrawdown)).toBe(false);
    expect(isKnown(measured.metrics.winRate)).toBe(false);
  });
});

describe('periods', () => {
  it.each([
    ['day', Date.UTC(2024, 1, 29, 23, 59), Date.UTC(2024, 1, 29)],
    ['week', Date.UTC(2024, 2, 3, 23), Date.UTC(2024, 1, 26)],
    ['week', Date.UTC(2024, 1, 26), Date.UTC(2024, 1, 26)],
    ['month', Date.UTC(2024, 1, 29, 5), Date.UTC(2024, 1, 1)],
    ['month', Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1)],
  ] as const)('%s begins at UTC midnight, weeks on Monday', (kind, at, start) => {
    expect(startOf(kind, at)).toBe(start);
  });
});

describe('a histogram', () => {
  it('has round bins with an edge at zero, and every value in one of them', () => {
    expect(histogramOf([])).toEqual([]);
    const values = [-1.02, -0.3, 0, 0.01, 0.5, 2.49, 2.5];
    const bins = histogramOf(values);
    expect(bins.reduce((all, { count }) => all + count, 0)).toBe(values.length);
    expect(bins.some(({ from }) => from === 0)).toBe(true);
    for (const { from, to, count } of bins) expect(values.filter((v) => v >= from && v < to)).toHaveLength(count);
    expect(histogramOf([3, 3])).toHaveLength(histogramOf([3]).length);
  });
});
