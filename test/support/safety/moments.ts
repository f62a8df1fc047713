import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import type { Judgement } from '#core/analyst/types.ts';
import { buildContext } from '#core/context/build-context.ts';
import { FACT_CATALOGUE } from '#core/context/fact-catalogue.ts';
import { newsFacts } from '#core/context/news-facts.ts';
import type { Fact, MarketContext } from '#core/context/types.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import type { NewsReading } from '#core/news/types.ts';
import { sha256 } from '../candle-builders.ts';
import { rangeCloses, tapeOf, trendCloses } from '../candle-tapes.ts';
import { BTCUSDT } from '../trading-builders.ts';

/** A market at the close of a candle: what the rules see, and what an agent sees. */
export type Moment = {
  readonly kind: string;
  readonly series: CandleSeries;
  readonly closedAt: UnixMs;
  /** Without news; see `contextAt`. */
  readonly context: MarketContext;
  readonly rules: Judgement;
  /** Average true range of 14 candles in quote, worked out by hand. */
  readonly atr: number;
};

/** Enough for every fact that the rules weigh and for the longest average of a family. */
const CANDLES = 320;

const walk = (rng: Rng, size: (index: number) => number, drift: number): readonly number[] => {
  let level = 100;
  return Array.from({ length: CANDLES }, (_, i) => {
    level *= Math.exp(size(i) * (rng.normal() + drift));
    return level;
  });
};

/** A wave that is cut off near its lower edge, where a trader of ranges buys. */
function edgeOfRange(rng: Rng): readonly number[] {
  const period = 18 + rng.integer(12);
  const closes = rangeCloses(CANDLES + period, period, 0.01 + 0.02 * rng.next());
  const phase = Math.round(period * (0.6 + 0.2 * rng.next()));
  const end = Math.floor((CANDLES + period) / period) * period - period + phase;
  return closes.slice(Math.max(0, end - CANDLES), end).map((close) => close * (1 + 0.001 * rng.normal()));
}

function breakingOut(rng: Rng): readonly number[] {
  const before = walk(rng, () => 0.01, 0).slice(0, CANDLES - 81);
  const level = before.at(-1) ?? 100;
  return [...before, ...rangeCloses(80, 16, 0.003, level), level * (1 + 0.01 + 0.03 * rng.next())];
}

/** The kinds of markets, and how often each is drawn; those in which something can be bought more often, so that the proof is about trades. */
const KINDS: readonly {
  readonly kind: string;
  readonly share: number;
  readonly closes: (rng: Rng) => readonly number[];
}[] = [
  {
    kind: 'steady rise',
    share: 8,
    closes: (rng) => trendCloses(CANDLES, 0.0005 + 0.002 * rng.next(), 60 + 80 * rng.next()),
  },
  { kind: 'rising walk', share: 14, closes: (rng) => walk(rng, () => 0.005, 0.2 + 0.2 * rng.next()) },
  { kind: 'edge of a range', share: 14, closes: edgeOfRange },
  { kind: 'range', share: 3, closes: (rng) => rangeCloses(CANDLES, 14 + rng.integer(30), 0.01 + 0.02 * rng.next()) },
  { kind: 'break of a range', share: 6, closes: breakingOut },
  { kind: 'falling walk', share: 3, closes: (rng) => walk(rng, () => 0.005, -0.25) },
  { kind: 'walk', share: 4, closes: (rng) => walk(rng, () => 0.006, 0) },
  { kind: 'shock', share: 2, closes: (rng) => walk(rng, (i) => (i > CANDLES - 20 ? 0.03 : 0.005), 0) },
];

/** A volume that surges at the end in a third of the markets, so that breaks and reactions find somebody who follows. */
function momentOf(kind: string, closes: readonly number[], rng: Rng): Moment {
  const surge = rng.next() < 0.35 ? 6 : 1;
  const plain = tapeOf(closes, '1h', 0.0005 + 0.003 * rng.next());
  const series: CandleSeries = {
    interval: '1h',
    candles: plain.candles.map((candle, i) =>
      i >= CANDLES - 4 ? { ...candle, volume: candle.volume * surge } : candle,
    ),
  };
  const closedAt = series.candles.at(-1)?.closeTime;
  if (closedAt === undefined) throw new Error('a market without candles');
  const snapshot = buildSnapshot(sha256, {
    instrumentId: BTCUSDT,
    interval: '1h',
    asOf: closedAt,
    source: 'file',
    history: { series, gaps: [] },
  });
  const context = buildContext(sha256, snapshot);
  return { kind, series, closedAt, context, rules: judgeByRules(context), atr: wilderRange(series) };
}

/** Wilder's average of the true range over 14 candles. */
function wilderRange({ candles }: CandleSeries): number {
  let average = 0;
  candles.forEach(({ high, low }, i) => {
    const before = candles[i - 1]?.close;
    if (before === undefined) return;
    const range = Math.max(high, before) - Math.min(low, before);
    average = i <= 14 ? average + range / 14 : (average * 13 + range) / 14;
  });
  return average;
}

/** Seeded moments of all kinds of markets. */
export function drawMoments(count: number, seed: number): readonly Moment[] {
  const rng = createRng(seed).fork('moments');
  const drawn = KINDS.flatMap((one) => Array.from({ length: one.share }, () => one));
  return Array.from({ length: count }, (_, i) => {
    const own = rng.fork(String(i));
    const { kind, closes } = drawn[own.integer(drawn.length)] as (typeof drawn)[number];
    return momentOf(kind, closes(own), own);
  });
}

/** The context at `asOf`, with the facts of the news as the engine writes them into it. */
export function contextAt({ context, closedAt }: Moment, asOf: UnixMs, news: NewsReading | undefined): MarketContext {
  const told = Object.entries(newsFacts(news)).flatMap(([name, value]): Fact[] => {
    const { id, label, unit } = FACT_CATALOGUE[name as keyof typeof FACT_CATALOGUE];
    return Number.isFinite(value) ? [{ id, name, label, value, unit, interval: '1h' }] : [];
  });
  return { ...context, asOf, dataAgeMs: asOf - closedAt, facts: [...context.facts, ...told] };
}
