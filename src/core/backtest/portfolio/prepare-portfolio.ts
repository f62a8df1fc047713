import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { Hash } from '../../domain/ids.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Asset, Price } from '../../domain/money.ts';
import type { FamilyParameters } from '../../domain/strategy.ts';
import { createFeeTurnover, type FeeSchedule, type FeeTurnover } from '../../execution/fees.ts';
import { gridOf } from '../../execution/venue-grid.ts';
import type { SimulatedVenueOptions } from '../../execution/venue-options.ts';
import { Fault } from '../../kernel/fault.ts';
import { type Digest, hashOf } from '../../kernel/ids.ts';
import { createRng } from '../../kernel/rng.ts';
import type { Grid } from '../../matching/grid.ts';
import { assumedInstrument } from '../assumed-instrument.ts';
import { type PreparedRun, prepareRun } from '../prepare-run.ts';
import { DEFAULT_HALF_SPREAD_BPS, DEFAULT_IMPACT, DEFAULT_PARTICIPATION } from '../profiles.ts';
import type { ByteDigest } from '../run-hash.ts';
import { FRESH_FACTS } from '../series-facts.ts';
import type { Profiles } from '../types.ts';
import { checkBooks, conditionsText, feesOf, type VenueConditions } from './conditions.ts';
import type { PortfolioMarket, PortfolioOptions } from './types.ts';

/** One market, checked and cut to the wanted time, with the rules that its venue follows. */
export type PreparedMarket = {
  readonly run: PreparedRun;
  readonly instrument: Instrument;
  /** Fine enough for every version of the rules. */
  readonly grid: Grid;
  readonly conditions: VenueConditions;
  readonly fees: FeeSchedule;
  /** Shared by all agents of the market, one after the other. */
  readonly turnover: FeeTurnover;
};

export type PreparedPortfolio = Pick<PreparedRun, 'strategy' | 'params' | 'profiles' | 'seed' | 'cash' | 'feeBps'> & {
  readonly markets: readonly [PreparedMarket, ...PreparedMarket[]];
  readonly feeCoins: ReadonlyMap<Asset, Price>;
  readonly runHash: Hash;
};

export type PrepareInput = {
  readonly options: PortfolioOptions;
  readonly strategy: string;
  readonly params: FamilyParameters;
  readonly profiles: Profiles;
  readonly isAgent: boolean;
  readonly digest: Digest;
  readonly byteDigest: ByteDigest;
  /** Of each market's own series, when many runs play them. */
  readonly dataHashes: readonly Hash[] | undefined;
  readonly newsHash: Hash | undefined;
};

/** Throws a Fault for whatever cannot be played. */
export function preparePortfolio(input: PrepareInput): PreparedPortfolio {
  const { options, digest, profiles } = input;
  const [first, ...others] = options.markets.map((market, i) => prepareMarket(market, i, input));
  if (first === undefined) throw new Fault('usage', 'no market to play', 'Give at least one series of candles.');
  const markets = [first, ...others] as const;
  refuseTwice(markets);
  refuseOtherQuote(markets);
  if (markets.length > 1 && markets.some(({ instrument }) => instrument.margin !== undefined))
    throw new Fault(
      'unsupported',
      'margin terms on an account that trades several markets are not simulated',
      'Play such an instrument alone, or leave its margin terms out.',
    );
  const { strategy, params, seed, cash, feeBps } = first.run;
  const runHash = hashOf(digest, 'portfolio', {
    markets: markets.map(({ run, conditions }) => ({ run: run.runHash, conditions: conditionsText(conditions) })),
  });
  return { strategy, params, profiles, seed, cash, feeBps, markets, feeCoins: feeCoinsOf(markets), runHash };
}

function prepareMarket(market: PortfolioMarket, index: number, input: PrepareInput): PreparedMarket {
  const { options, strategy, params, profiles, isAgent, digest, byteDigest } = input;
  const { instrumentId, columns, looked = [], detail, instrument, venue: conditions = {} } = market;
  const { markets: _, ...common } = options;
  const run = prepareRun({
    options: {
      ...common,
      series: [columns, ...looked].map((one) => ({ instrumentId, columns: one })),
      ...(detail === undefined ? {} : { detail }),
      ...(instrument === undefined ? {} : { instrument }),
    },
    strategy,
    params,
    profiles,
    onInstrumentSteps: isAgent,
    digest,
    byteDigest,
    facts: FRESH_FACTS,
    dataHash: input.dataHashes?.[index],
    newsHash: input.newsHash,
  });
  const history = conditions.limitsHistory ?? [];
  if (history.length > 0 && (instrument === undefined || profiles.limits === 'none'))
    throw new Fault(
      'unsupported',
      `limits by date of ${instrumentId} mean nothing ${instrument === undefined ? 'without an instrument' : 'under limits "none"'}`,
      'Name the instrument and play under limits "default".',
    );
  const rules = isAgent ? (instrument ?? assumedInstrument(run)) : rulesOf(run, conditions);
  const grid = gridOf(rules, history);
  checkBooks(conditions.books ?? [], grid);
  const fees = feesOf(conditions, run.feeBps);
  return { run, instrument: rules, grid, conditions, fees, turnover: createFeeTurnover() };
}

/** What the venue of a family of columns asks for: under limits "none" nothing, and with the plain fee alone that fee to the last digit. */
function rulesOf(run: PreparedRun, { fees }: VenueConditions): Instrument {
  const { profiles, grid, feeBps } = run;
  const base = run.instrument ?? assumedInstrument(run);
  const free = { tickSize: grid.tick, lotSize: grid.lot, minQuantity: grid.lot, minNotional: ZERO };
  const exact = profiles.costs === 'fee-only' && fees === undefined;
  return {
    ...base,
    ...(profiles.limits === 'none' ? free : {}),
    ...(exact ? { quoteScale: grid.moneyScale + 4 + feeBps.scale } : {}),
  };
}

function refuseTwice(markets: readonly PreparedMarket[]): void {
  const seen = new Set<string>();
  for (const { instrument } of markets) {
    if (seen.has(instrument.id))
      throw new Fault(
        'usage',
        `${instrument.id} is given twice`,
        'Name another instrument for each series; other intervals of one market are looked at and not traded.',
      );
    seen.add(instrument.id);
  }
}

function refuseOtherQuote(markets: readonly PreparedMarket[]): void {
  const quotes = new Set(markets.map(({ instrument }) => instrument.quote));
  if (quotes.size > 1)
    throw new Fault(
      'unsupported',
      `one account cannot trade against ${[...quotes].join(' and ')}: nobody says what one is worth in the other`,
      'Give markets of one quote asset.',
    );
}

/** One price for each coin in which a venue takes its fees. */
function feeCoinsOf(markets: readonly PreparedMarket[]): ReadonlyMap<Asset, Price> {
  return new Map(
    markets.flatMap(({ fees: { paidIn } }) =>
      typeof paidIn === 'object' ? [[paidIn.asset, paidIn.price] as const] : [],
    ),
  );
}

type Venue = Pick<
  SimulatedVenueOptions,
  'participation' | 'impact' | 'fees' | 'turnover' | 'limitsHistory' | 'faults'
> & {
  readonly halfSpreadBps: Decimal;
};

/** Options of the venue of one market; `number` sets the mishaps of one agent apart from those of the next. */
export function venueOf({ conditions, fees, turnover, instrument, run }: PreparedMarket, number: number): Venue {
  const { profiles, seed } = run;
  const realistic = profiles.costs === 'default';
  const participation = conditions.participation ?? (profiles.limits === 'default' ? DEFAULT_PARTICIPATION : undefined);
  const { limitsHistory, faults } = conditions;
  return {
    fees,
    turnover,
    halfSpreadBps: conditions.halfSpreadBps ?? (realistic ? DEFAULT_HALF_SPREAD_BPS : ZERO),
    impact: conditions.impact ?? (realistic ? DEFAULT_IMPACT : 0),
    ...(participation === undefined ? {} : { participation }),
    ...(limitsHistory === undefined ? {} : { limitsHistory }),
    ...(faults === undefined
      ? {}
      : { faults: { ...faults, rng: createRng(seed).fork(`faults of ${instrument.id} ${number}`) } }),
  };
}
