import { chartIndicators } from '#core/context/chart-indicators.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { CandleColumnsView, ReadingView } from '#shared/contract/market.ts';
import { INSTRUMENTS, INTERVAL_MS, NOW } from './sample-market.ts';

type Charts = Pick<
  AppHandlers,
  'market.depth' | 'market.indicators' | 'market.reading' | 'market.quotes' | 'orders.tighten'
>;

const HOUR = INTERVAL_MS['1h'];

const candlesOf = ({ openTime, open, high, low, close, volume }: CandleColumnsView): readonly ClosedCandle[] =>
  Array.from(
    openTime,
    (time, index) =>
      ({
        openTime: unixMs(time),
        closeTime: unixMs(time + HOUR),
        open: open[index] ?? 0,
        high: high[index] ?? 0,
        low: low[index] ?? 0,
        close: close[index] ?? 0,
        volume: volume[index] ?? 0,
      }) as ClosedCandle,
  );

const QUOTES = [
  { last: '64408.20', change: 0.0124 },
  { last: '3421.55', change: -0.008 },
  { last: '188.04', change: 0 },
] as const;

/** What is drawn around the candles. The indicators are the engine's own computation; bands and patterns are a script. */
export function scriptedCharts(columns: CandleColumnsView): {
  readonly handlers: Charts;
  /** Where the stop is: at `first` until it was moved. */
  stop(first: number): string;
} {
  let moved: string | undefined;
  let first = Number.NaN;
  const timeAt = (back: number): number => columns.openTime.at(-back) ?? NOW;
  const bands = (): ReadingView['bands'] => [
    { from: timeAt(130), to: timeAt(90), regime: 'trending_up', confidence: 0.71 },
    { from: timeAt(90), to: timeAt(40), regime: 'ranging', confidence: 0.55 },
    { from: timeAt(40), to: timeAt(1), regime: 'trending_down', confidence: 0.62 },
  ];
  return {
    stop(price) {
      first = price;
      return moved ?? price.toFixed(2);
    },
    handlers: {
      'market.indicators': ({ instrument, indicators }) => ({
        instrument,
        interval: '1h',
        openTime: columns.openTime,
        series: chartIndicators(candlesOf(columns), indicators).map(({ id, place, lines }) => ({
          id,
          place,
          lines: lines.map((line) => ({ ...line, values: line.values.slice() })),
        })),
        asOf: NOW,
      }),
      'market.reading': ({ instrument }) => ({
        instrument,
        interval: '1h',
        bands: bands(),
        judgedEvery: 13,
        patterns: [
          {
            name: 'bullish-engulfing',
            label: 'bullish engulfing',
            kind: 'candle',
            direction: 'bullish',
            openTime: timeAt(6),
            knownAt: timeAt(6) + HOUR,
          },
          {
            name: 'double-top',
            label: 'double top',
            kind: 'chart',
            direction: 'bearish',
            openTime: timeAt(31),
            knownAt: timeAt(31) + HOUR,
          },
        ],
        asOf: NOW,
      }),
      'market.depth': ({ cycle }) =>
        cycle === undefined
          ? { kind: 'none', why: 'simulated' }
          : {
              kind: 'book',
              venue: 'BINANCE',
              priceDecimals: 2,
              bids: [64_408.1, 64_407.9, 64_407.2].map((price, index) => ({ price, quantity: 0.4 + index / 3 })),
              asks: [64_408.2, 64_408.6, 64_409].map((price, index) => ({ price, quantity: 0.2 + index / 5 })),
              at: NOW,
              trouble: null,
              trades: [
                { price: 64_408.2, quantity: 0.031, side: 'buy', at: NOW - 400 },
                { price: 64_408.1, quantity: 0.112, side: 'sell', at: NOW - 900 },
              ],
              asOf: NOW,
            },
      'market.quotes': () =>
        INSTRUMENTS.map(({ symbol }, index) => ({
          symbol,
          priceDecimals: 2,
          ...(QUOTES[index] ?? { last: null, change: null }),
          at: NOW - 60_000 * (index + 1),
          asOf: NOW,
        })),
      'orders.tighten'({ agent, instrument, stop }) {
        const from = moved ?? first.toFixed(2);
        if (Number(stop) <= Number(from))
          throw new ContractError({
            code: 'rejected',
            reason: 'refused',
            message: `the risk gate refused to move the stop to ${stop}: a stop is only moved toward less risk, and one rests at ${from} (stop-tightens)`,
            remedy: 'give a price between the stop that rests and the newest price; the stop stays where it is',
          });
        moved = stop;
        return {
          agentId: agent ?? 'A-master',
          environment: 'simulated',
          instrument,
          quantity: '0.03105',
          from,
          to: stop,
          priceDecimals: 2,
          checks: ['reduce-only-size', 'stop-tightens'],
          asOf: NOW,
        };
      },
    },
  };
}
