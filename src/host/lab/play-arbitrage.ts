import { sha256 } from '#adapters/digest/sha256.ts';
import { stepsOf } from '#core/arbitrage/quotes.ts';
import { type PairStudy, type Sieve, type StudyMarket, studyArbitrage } from '#core/arbitrage/study.ts';
import { formatDecimal, isZero, parseDecimal, plainText } from '#core/domain/decimal.ts';
import { ARBITRAGE } from '#core/domain/detect-only.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { asset } from '#core/domain/money.ts';
import { Fault } from '#core/kernel/fault.ts';
import { hashOf } from '#core/kernel/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ArbitragePair, ArbitrageSieve, ArbitrageView } from '#shared/contract/arbitrage.ts';
import { type CandleSource, hashOfCandles, loadCandles } from './candle-data.ts';

type Request = AppInput<'lab.arbitrage'>;

/** Decimals that a venue keeps of money; fees round up to it. */
const MONEY_SCALE = 8;
/** About 800 KiB of JSON: a reply carries no more than 1 MiB. */
const MOST_DAYS = 2000;
const MOST_REASONS = 10;
/** Answers that come late come after so many candles more. */
const LATE_CANDLES = 2;

/** Every pair of the given markets, from their candles to what survives; one source for each. Throws a Fault for bad input. */
export function playArbitrage(request: Request, sources: readonly CandleSource[]): ArbitrageView {
  const markets = request.markets.map((given, place) => marketOf(given, sources[place], request));
  const step = INTERVAL_MS[request.interval];
  const { from, to, rates, patience, seed } = request;
  const decimals = {
    leastBps: parseDecimal(request.leastBps),
    most: parseDecimal(request.most),
    mostLossBps: parseDecimal(request.mostLossBps),
    stock: parseDecimal(request.stock),
    halfSpreadBps: parseDecimal(request.halfSpreadBps),
    volumeShare: parseDecimal(plainText(request.volumeShare)),
  };
  if (isZero(decimals.most))
    throw new Fault('usage', 'a trade of nothing was asked for', 'Give --most an amount above zero.');
  const studies = studyArbitrage(markets, {
    ...decimals,
    latencyMs: request.latency * step,
    lateMs: LATE_CANDLES * step,
    rates,
    patience,
    seed,
    ...(from === undefined ? {} : { from: unixMs(from) }),
    ...(to === undefined ? {} : { to: unixMs(to) }),
  });
  const days = studies.flatMap((study) => [...study.days.keys()]);
  const tooMany = days.length > MOST_DAYS;
  return {
    mode: 'detect-only',
    family: { name: ARBITRAGE.name, summary: ARBITRAGE.summary, shouldNotTrade: [...ARBITRAGE.shouldNotTrade] },
    from: days.length === 0 ? null : Math.min(...days),
    to: days.length === 0 ? null : Math.max(...days) + DAY_MS,
    dataHash: hashOf(
      sha256,
      'arbitrage',
      markets.map(({ columns }) => hashOfCandles(columns)),
    ),
    conditions: conditionsOf(request),
    notes: [
      ...NOTES,
      ...(tooMany ? [`There are ${days.length} rows of days, too many to show: play a shorter stretch.`] : []),
    ],
    pairs: studies.map((study) => pairView(study, !tooMany)),
    files: [],
  };
}

const DAY_MS = 86_400_000;

function marketOf(
  { venue, instrument, feeBps }: Request['markets'][number],
  source: CandleSource | undefined,
  request: Request,
): StudyMarket {
  if (source === undefined) throw new TypeError(`no candles were given for ${venue} ${instrument}`);
  const columns = loadCandles(source);
  const [base = '', quote = ''] = instrument.split('/');
  const fee = parseDecimal(feeBps ?? request.feeBps);
  return {
    columns,
    market: {
      venue,
      base: asset(base),
      quote: asset(quote),
      ...stepsOf(columns),
      buyFeeBps: fee,
      sellFeeBps: fee,
      quoteScale: MONEY_SCALE,
    },
  };
}

/** What the figures rest on, in words; whoever shows them shows these beside them. */
function conditionsOf(request: Request): string[] {
  const { rates } = request;
  const share = (value: number): string => `${plainText(Math.round(value * 10_000) / 100)} %`;
  return [
    `Taker fees: ${request.markets.map(({ venue, instrument, feeBps }) => `${venue} ${instrument} ${feeBps ?? request.feeBps} bps`).join(', ')}.`,
    `Half-spread ${request.halfSpreadBps} bps on each leg; least profit ${request.leastBps} bps after fees.`,
    `At most ${request.most} in one trade and ${share(request.volumeShare)} of what a candle traded; stock for ${request.stock} such trades on each leg.`,
    `Orders arrive ${request.latency} candles of ${request.interval} after what they were decided on.`,
    `Of the orders ${share(rates.rejected)} are rejected, ${share(rates.partial)} fill in part and ${share(rates.late)} answer ${LATE_CANDLES} candles late, besides those that the price or the volume leaves open.`,
    `A rest is ended within ${request.mostLossBps} bps of its planned price; after ${request.patience} attempts at any price. Seed ${request.seed}.`,
    'Transfers, assumed: bitcoin and ether an hour and 0.0005, other coins an hour and 10, cash a day and 25; never inside a trade.',
  ];
}

const NOTES: readonly string[] = [
  'Nothing was or can be ordered: arbitrage is detect-only in this release, and no agent has two legs.',
  'Each row has an inventory of its own: the same money is never in two of them, so the rows cannot be added up.',
  'Last prices of two venues may be most of a minute apart. "Certain" counts what pays even at the worst prices of that minute.',
  'Candles are no books: what stood at these prices is assumed from what was traded.',
  'What a venue or a network refused on such a day (withdrawals, conversions, registrations) is not in the candles.',
];

const sieveView = ({ profit, losses, ...counts }: Sieve): ArbitrageSieve => ({
  ...counts,
  profit: formatDecimal(profit),
  losses: formatDecimal(losses),
});

const pairView = (study: PairStudy, withDays: boolean): ArbitragePair => ({
  pair: study.pair,
  kind: study.kind,
  home: study.home,
  total: sieveView(study.total),
  days: withDays
    ? [...study.days].map(([day, sieve]) => ({ day: utcText(day).slice(0, 10), ...sieveView(sieve) }))
    : [],
  transfers: study.transfers,
  networkFees: formatDecimal(study.networkFees),
  reasons: study.reasons.slice(0, MOST_REASONS).map(({ reason, times }) => ({ reason, times })),
});
