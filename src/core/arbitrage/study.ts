import { add, type Decimal, isNegative, ZERO } from '../domain/decimal.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import type { Asset } from '../domain/money.ts';
import { Fault } from '../kernel/fault.ts';
import { createRng } from '../kernel/rng.ts';
import type { CandleColumns } from '../market/types.ts';
import { createBoard } from './board.ts';
import { type PairTerms, playPair } from './play-pair.ts';
import { type CandleQuoteTerms, candleQuotes } from './quotes.ts';
import { findRoutes } from './routes.ts';
import { type ArbitrageMarket, pairName, type Route } from './types.ts';

export type StudyMarket = { readonly market: ArbitrageMarket; readonly columns: CandleColumns };

export type StudyTerms = PairTerms &
  Omit<CandleQuoteTerms, 'prices'> & { readonly seed: number; readonly from?: UnixMs; readonly to?: UnixMs };

/** How many moments of a stretch passed each sieve, and what the trades came to. Sizes in parts per million of what goes around. */
export type Sieve = {
  /** Moments at which every leg had a price of that minute. */
  moments: number;
  /** Of them, those that earn at least the least profit at the last prices, then after half-spreads, after fees, after latency. */
  gross: number;
  quoted: number;
  net: number;
  survived: number;
  /** Of those after fees: they pay at the worst prices of the minute too, whichever trade of it came first. */
  certain: number;
  /** Opportunities after fees for which a leg was not funded. */
  detectOnly: number;
  grossMedianPpm: number;
  grossMostPpm: number;
  netMostPpm: number;
  /** With two quote assets: how far apart the prices were at most when a unit of each counts the same; 0 with one. */
  parMostPpm: number;
  trades: number;
  /** Of the trades: a leg did not do what it was sent for. */
  legFailures: number;
  /** Of the trades: a rest was ended at any price. */
  forced: number;
  /** Trades that lost money. */
  losing: number;
  /** Still not level at the end of the tape. */
  open: number;
  /** All closed trades, in the home asset; exact, before what networks keep. */
  profit: Decimal;
  /** Of them, those that lost. */
  losses: Decimal;
};

export type PairStudy = {
  readonly pair: string;
  readonly kind: Route['kind'];
  readonly home: Asset;
  readonly days: ReadonlyMap<UnixMs, Sieve>;
  readonly total: Sieve;
  readonly transfers: number;
  readonly networkFees: Decimal;
  /** Why an opportunity was only written down, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly times: number }[];
};

const DAY_MS = 86_400_000;

/** Plays every pair of markets on its own: the same money is never in two of them, so that the rows cannot be added up. */
export function studyArbitrage(markets: readonly StudyMarket[], terms: StudyTerms): readonly PairStudy[] {
  const [first] = markets;
  if (first === undefined)
    throw new Fault('usage', 'no candles were given', 'Give the candles of two or three markets.');
  const { interval } = first.columns;
  if (markets.some(({ columns }) => columns.interval !== interval))
    throw new Fault('usage', 'the candles are of different lengths', 'Give candles of one interval.');
  const routes = findRoutes(markets.map(({ market }) => market));
  if (routes.length === 0)
    throw new Fault(
      'usage',
      'no two of these markets make a closed route',
      'Give the same pair on two venues, or two quotes of one asset and a market between the quotes.',
    );
  const step = INTERVAL_MS[interval];
  const boardOf = (halfSpreadBps: Decimal, prices: 'last' | 'worst') =>
    createBoard(
      markets.map(({ market, columns }) => candleQuotes(market, columns, { ...terms, halfSpreadBps, prices })),
    );
  const boards = {
    last: boardOf(ZERO, 'last'),
    quoted: boardOf(terms.halfSpreadBps, 'last'),
    worst: boardOf(terms.halfSpreadBps, 'worst'),
  };
  const rng = createRng(terms.seed);

  return [...new Set(routes.map(pairName))].map((pair) => {
    const both = routes.filter((route) => pairName(route) === pair);
    const used = new Set(both.flatMap(({ buy, sell, convert }) => [buy, sell, ...(convert ? [convert.market] : [])]));
    const tapes = markets.filter(({ market }) => used.has(market)).map(({ columns }) => columns);
    return playOne(pair, both, momentsOf(tapes, step, terms), boards, terms, rng.fork(pair));
  });
}

/** Every close from the first moment at which all tapes have begun to the last at which none has ended. */
function* momentsOf(
  tapes: readonly CandleColumns[],
  step: number,
  { from, to }: Pick<StudyTerms, 'from' | 'to'>,
): Generator<UnixMs> {
  const begins = Math.max(from ?? 0, ...tapes.map(({ openTime }) => openTime[0] ?? 0));
  const ends = Math.min(
    to ?? Number.MAX_SAFE_INTEGER,
    ...tapes.map(({ openTime }) => (openTime.at(-1) ?? -step) + step),
  );
  for (let at = Math.ceil(begins / step) * step + step; at <= ends; at += step) yield unixMs(at);
}

function playOne(
  pair: string,
  routes: readonly Route[],
  moments: Iterable<UnixMs>,
  boards: Parameters<typeof playPair>[2],
  terms: StudyTerms,
  rng: ReturnType<typeof createRng>,
): PairStudy {
  const [{ kind, home }] = routes as readonly [Route, ...Route[]];
  const days = new Map<UnixMs, Tally>();
  const total = createTally();
  const reasons = new Map<string, number>();
  const both = (at: UnixMs): readonly Tally[] => {
    // A candle that closes at midnight is of the day before.
    const day = unixMs(Math.floor((at - 1) / DAY_MS) * DAY_MS);
    const known = days.get(day) ?? createTally();
    days.set(day, known);
    return [known, total];
  };
  const end = playPair(routes, moments, boards, terms, rng, {
    moment({ at, grossPpm, parPpm, gross, quoted, found, survives, certain, detectOnly }) {
      for (const { sieve, sizes } of both(at)) {
        sieve.moments += 1;
        sizes.push(grossPpm);
        sieve.parMostPpm = Math.max(sieve.parMostPpm, parPpm ?? 0);
        if (gross) sieve.gross += 1;
        if (quoted) sieve.quoted += 1;
        if (found !== undefined) {
          sieve.net += 1;
          sieve.netMostPpm = Math.max(sieve.netMostPpm, found.netPpm);
        }
        if (survives) sieve.survived += 1;
        if (certain) sieve.certain += 1;
        if (detectOnly !== undefined) sieve.detectOnly += 1;
      }
      if (detectOnly === undefined) return;
      // Without its amounts a reason is one of a few.
      const reason = detectOnly.replace(/\d+(\.\d+)?/g, 'N');
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    trade(view, startedAt) {
      const change = view.changeOf(home);
      for (const { sieve } of both(startedAt)) {
        sieve.trades += 1;
        if (Object.values(view.first).some((outcome) => outcome !== 'filled')) sieve.legFailures += 1;
        if (view.remedies.includes('forced')) sieve.forced += 1;
        if (view.state === 'open') {
          sieve.open += 1;
          continue;
        }
        sieve.profit = add(sieve.profit, change);
        if (!isNegative(change)) continue;
        sieve.losing += 1;
        sieve.losses = add(sieve.losses, change);
      }
    },
  });
  return {
    pair,
    kind,
    home,
    days: new Map([...days].map(([day, tally]) => [day, finished(tally)])),
    total: finished(total),
    ...end,
    reasons: [...reasons]
      .map(([reason, times]) => ({ reason, times }))
      .toSorted((a, b) => b.times - a.times || (a.reason < b.reason ? -1 : 1)),
  };
}

type Tally = { readonly sieve: Sieve; readonly sizes: number[] };

const createTally = (): Tally => ({
  sizes: [],
  sieve: {
    moments: 0,
    gross: 0,
    quoted: 0,
    net: 0,
    survived: 0,
    certain: 0,
    detectOnly: 0,
    grossMedianPpm: 0,
    grossMostPpm: 0,
    netMostPpm: 0,
    parMostPpm: 0,
    trades: 0,
    legFailures: 0,
    forced: 0,
    losing: 0,
    open: 0,
    profit: ZERO,
    losses: ZERO,
  },
});

function finished({ sieve, sizes }: Tally): Sieve {
  const sorted = Float64Array.from(sizes).sort();
  return {
    ...sieve,
    grossMedianPpm: sorted[Math.floor(sorted.length / 2)] ?? 0,
    grossMostPpm: sorted.at(-1) ?? 0,
  };
}
