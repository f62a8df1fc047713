import { sha256 } from '#adapters/digest/sha256.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { buildContext, HISTORY_CANDLES, MINIMUM_CANDLES } from '#core/context/build-context.ts';
import { PATTERN_LOOK_BACK, patternsSince } from '#core/context/patterns/patterns-in.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import type { ReadingView } from '#shared/contract/market.ts';

/** Judgements over what is drawn. Each looks at a thousand candles: enough for an eye, and a moment of the engine's time. */
const JUDGEMENTS = 40;
const PATTERNS_SHOWN = 60;
/** Judgements that are kept: what was known at a candle never changes. */
const KEPT = 2_000;

type Judged = { readonly regime: string; readonly confidence: number };
export type Market = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  /** Names the market: judgements of one are no judgements of another. */
  readonly source: string;
  /** Closed, oldest first: what is drawn and the history before it. */
  readonly candles: readonly ClosedCandle[];
};

/** Candles before the first one drawn that a judgement of it looks at. */
export const READING_HISTORY = Math.max(HISTORY_CANDLES, PATTERN_LOOK_BACK);

type Reader = (market: Market, shown: number) => Pick<ReadingView, 'bands' | 'patterns' | 'judgedEvery'>;

/** Reads candles as the analyst by rules does: each judgement knows the candles before it alone. */
export function createChartReader(): Reader {
  const known = new Map<string, Judged | null>();

  function judge({ instrumentId, interval, source, candles }: Market, end: number): Judged | null {
    const newest = candles[end - 1];
    if (newest === undefined || end < MINIMUM_CANDLES) return null;
    const key = `${source} ${instrumentId} ${interval} ${newest.openTime}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const window = candles.slice(Math.max(0, end - HISTORY_CANDLES), end);
    const snapshot = buildSnapshot(sha256, {
      instrumentId,
      interval,
      asOf: newest.closeTime,
      source: 'generator',
      history: { series: { interval, candles: window }, gaps: [] },
    });
    const { regime, confidence } = judgeByRules(buildContext(sha256, snapshot));
    const judged = { regime, confidence };
    if (known.size >= KEPT) known.clear();
    known.set(key, judged);
    return judged;
  }

  return (market, shown) => {
    const { candles, interval } = market;
    const first = Math.max(0, candles.length - shown);
    const every = Math.max(1, Math.ceil(shown / JUDGEMENTS));
    const step = every * INTERVAL_MS[interval];
    const bands: ReadingView['bands'] = [];
    for (let index = first; index < candles.length; index++) {
      const candle = candles[index] as ClosedCandle;
      // Judged at moments of the calendar, so that the same are judged whatever is drawn, and a band never moves.
      if (index !== first && candle.openTime % step !== 0) continue;
      const judged = judge(market, index + 1);
      if (judged === null) continue;
      const last = bands.at(-1);
      if (last !== undefined && last.regime === judged.regime) continue;
      if (last !== undefined) last.to = candle.openTime;
      bands.push({ from: candle.openTime, to: candle.openTime, ...judged });
    }
    const end = bands.at(-1);
    if (end !== undefined) end.to = candles.at(-1)?.openTime ?? end.to;
    const patterns = patternsSince(candles, first)
      .slice(-PATTERNS_SHOWN)
      .toReversed()
      .map(({ name, label, kind, direction, index, knownAt }) => ({
        name,
        label,
        kind,
        direction,
        openTime: candles[index]?.openTime ?? knownAt,
        knownAt,
      }));
    return { bands, patterns, judgedEvery: every };
  };
}
