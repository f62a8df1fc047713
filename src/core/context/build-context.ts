import type { ClosedCandle } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { MarketSnapshot } from '../market/types.ts';
import type { NewsReading } from '../news/types.ts';
import { toColumns } from './candle-columns.ts';
import { FACT_CATALOGUE, type FactName } from './fact-catalogue.ts';
import { intervalOf, measureHigherFacts } from './higher-timeframes.ts';
import { measureFacts } from './measure-facts.ts';
import { newsFacts } from './news-facts.ts';
import { measurePatternFacts, recentPatterns } from './pattern-facts.ts';
import type { Fact, MarketContext, PatternReading } from './types.ts';

/**
 * Candles to ask of the feed, and the most that are looked at. Averages that remember their beginning need room to forget it: after
 * 1,000 candles the first 200 weigh 0.03 % in the 200-candle average; after 500 they would still weigh 5 %.
 */
export const HISTORY_CANDLES = 1000;

/** Fewer leave no ADX worth the name and no 50-candle average with a slope. */
export const MINIMUM_CANDLES = 60;

/** Ten significant digits: far more than any fact means, few enough that no machine's last bits reach the hash. */
const FACT_DIGITS = 10;

/**
 * Stage 2: the facts of one snapshot, in the catalogue's order. A fact that cannot be measured is absent; none is ever NaN.
 * News that is given must be of no later moment. Throws Fault('bad_data') when there are fewer than MINIMUM_CANDLES candles.
 */
export function buildContext(digest: Digest, snapshot: MarketSnapshot, news?: NewsReading): MarketContext {
  if (news !== undefined && news.asOf > snapshot.asOf)
    throw new RangeError(`the news is of ${news.asOf}, later than ${snapshot.asOf}`);
  const { instrumentId, interval, asOf } = snapshot;
  const candles = snapshot.series.candles.slice(-HISTORY_CANDLES);
  const [oldest, newest] = [candles[0], candles.at(-1)];
  if (oldest === undefined || newest === undefined || candles.length < MINIMUM_CANDLES) {
    throw new Fault(
      'bad_data',
      `Only ${candles.length} closed ${interval} candles of ${instrumentId} are known before this moment; ${MINIMUM_CANDLES} are needed for a judgement.`,
      `Choose a later moment, a finer interval, or give more history: ${HISTORY_CANDLES} candles are used when there are that many.`,
    );
  }
  refuseUnmeasurable(candles);
  const own = measureFacts(toColumns(candles), missingSince(snapshot, oldest.openTime));
  const recent = recentPatterns(candles);
  const values: { readonly [name in FactName]: number } = {
    ...own,
    ...measurePatternFacts(recent),
    ...measureHigherFacts(candles, interval, asOf, own.drift30),
    ...newsFacts(news),
  };
  const content = {
    snapshotHash: snapshot.hash,
    instrumentId,
    interval,
    asOf,
    dataAgeMs: snapshot.dataAgeMs,
    lastClose: newest.close,
    facts: (Object.keys(FACT_CATALOGUE) as FactName[]).flatMap((name): Fact[] => {
      const value = roundFact(values[name]);
      const { id, label, unit } = FACT_CATALOGUE[name];
      return Number.isFinite(value) ? [{ id, name, label, value, unit, interval: intervalOf(name, interval) }] : [];
    }),
    patterns: recent.map(
      ({ hit: { name, label, direction }, age }): PatternReading => ({ name, label, direction, age }),
    ),
  };
  return { ...content, hash: hashOf(digest, 'context', content) };
}

/** The market stage lets no such candle through; if one comes all the same, no fact about it would mean anything. */
function refuseUnmeasurable(candles: readonly ClosedCandle[]): void {
  for (const { openTime, high, low, close, volume } of candles) {
    const measurable = low > 0 && high >= low && close >= low && close <= high && Number.isFinite(high);
    if (!measurable || !(volume >= 0) || volume === Number.POSITIVE_INFINITY)
      throw new RangeError(`not a measurable candle: the one that opens at ${openTime}`);
  }
}

const missingSince = (snapshot: MarketSnapshot, oldest: UnixMs): number =>
  snapshot.gaps.reduce((sum, gap) => (gap.before > oldest ? sum + gap.missing : sum), 0);

/** Adding zero turns minus zero into zero: they print alike and must hash alike. */
const roundFact = (value: number): number => Number(value.toPrecision(FACT_DIGITS)) + 0;
