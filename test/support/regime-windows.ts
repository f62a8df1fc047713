import { sha256 } from '#adapters/digest/sha256.ts';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import type { Regime } from '#core/analyst/types.ts';
import { buildContext, HISTORY_CANDLES } from '#core/context/build-context.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import { candleFile } from './shared-material.ts';

export type Label = 'bull' | 'bear' | 'sideways' | 'crash';

/** Stretches of bitcoin's history that people name so, drawn with hindsight. A correction counts as a bear. From the first day until before the last. */
export const WINDOWS: readonly (readonly [label: Label, from: string, until: string])[] = [
  ['bull', '2017-09-15', '2017-12-17'],
  ['bear', '2017-12-17', '2018-12-16'],
  ['crash', '2020-03-06', '2020-03-14'],
  ['bull', '2020-10-01', '2021-04-14'],
  ['crash', '2021-05-10', '2021-05-24'],
  ['bear', '2021-11-10', '2022-11-22'],
  ['sideways', '2023-03-20', '2023-10-01'],
  ['bull', '2023-10-15', '2024-03-14'],
  ['sideways', '2024-03-15', '2024-10-10'],
  ['bull', '2024-11-05', '2024-12-17'],
  ['bear', '2025-01-20', '2025-04-09'],
  ['bull', '2025-04-09', '2025-10-06'],
  ['crash', '2025-10-07', '2025-10-18'],
];

/** What counts as right. */
export const RIGHT: { readonly [label in Label]: readonly Regime[] } = {
  bull: ['trending_up'],
  bear: ['trending_down'],
  sideways: ['ranging'],
  crash: ['volatile', 'trending_down'],
};

const DAY = 86_400_000;
/** The hourly record begins in the middle of the day before. */
const SEAM = Date.parse('2017-08-18');

/** Daily candles until a moment and none after it: made of Binance's hours, and before they begin Bitstamp's days. */
export function bitcoinDays(until: string): readonly ClosedCandle[] {
  const end = unixMs(Date.parse(until));
  const hours = readCandleFile(candleFile('binance-BTCUSDT-1h.csv.gz'), '1h').series.candles;
  const known = hours.filter(({ closeTime }) => closeTime <= end);
  const days = aggregate({ interval: '1h', candles: known }, '1d', end).series.candles;
  const before = readCandleFile(candleFile('bitstamp-BTCUSD-1d.csv.gz'), '1d').series.candles;
  return [...before.filter(({ openTime }) => openTime < SEAM), ...days.filter(({ openTime }) => openTime >= SEAM)];
}

/** One day of a window with what each forecaster says of it, from candles closed by its end. */
export type LabelledDay = {
  readonly label: Label;
  readonly day: string;
  readonly rules: Regime;
  readonly yesterday: Regime;
  readonly month: Regime;
};

/**
 * Two naive forecasters beside the rules. `yesterday`: the last day goes on; up or down when it moved by more than half a standard
 * deviation of the 30 days before it (about six days in ten), else ranging. `month`: the last 30 days go on, by the same measure over 30 days.
 */
export function labelledDays(days: readonly ClosedCandle[], from: string, until: string): readonly LabelledDay[] {
  const places = new Map(days.map(({ openTime }, i) => [openTime as number, i]));
  return WINDOWS.flatMap(([label, first, end]) => {
    const count = (Date.parse(end) - Date.parse(first)) / DAY;
    return Array.from({ length: count }, (_, i) => Date.parse(first) + i * DAY)
      .filter((moment) => moment >= Date.parse(from) && moment < Date.parse(until))
      .flatMap((moment): LabelledDay[] => {
        const at = places.get(moment);
        if (at === undefined) return [];
        const day = new Date(moment).toISOString().slice(0, 10);
        return [{ label, day, rules: rulesAt(days, at), yesterday: goesOn(days, at, 1), month: goesOn(days, at, 30) }];
      });
  });
}

function rulesAt(days: readonly ClosedCandle[], at: number): Regime {
  const known = days.slice(Math.max(0, at + 1 - HISTORY_CANDLES), at + 1);
  const asOf = unixMs((days[at] as ClosedCandle).closeTime);
  const history = { series: { interval: '1d' as const, candles: known }, gaps: [] };
  const instrumentId = 'BTC/USDT.FILE' as InstrumentId;
  const snapshot = buildSnapshot(sha256, { instrumentId, interval: '1d', asOf, source: 'file', history });
  return judgeByRules(buildContext(sha256, snapshot)).regime;
}

function goesOn(days: readonly ClosedCandle[], at: number, span: number): Regime {
  const close = (index: number): number => (days[index] as ClosedCandle).close;
  const change = Math.log(close(at) / close(at - span));
  const moves = Array.from({ length: 30 }, (_, i) => Math.log(close(at - span - i) / close(at - span - i - 1)));
  const spread = Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length);
  const score = change / (spread * Math.sqrt(span));
  return score > 0.5 ? 'trending_up' : score < -0.5 ? 'trending_down' : 'ranging';
}
