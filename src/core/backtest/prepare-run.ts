import { type Decimal, decimal, formatDecimal, isNegative, parseDecimal } from '../domain/decimal.ts';
import { type Hash, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { checkMargin } from '../domain/margin.ts';
import type { FamilyParameters } from '../domain/strategy.ts';
import { Fault } from '../kernel/fault.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { CandleColumns } from '../market/types.ts';
import { refuseUnlistedSpan } from '../market/universe.ts';
import { createGrid, type Grid } from '../matching/grid.ts';
import type { RiskEnvelope } from '../spawner/types.ts';
import { type ByteDigest, dataHash } from './run-hash.ts';
import type { SeriesFacts } from './series-facts.ts';
import type { BacktestGaps, BacktestOptions, BacktestSeries, Profiles } from './types.ts';
import { BACKTEST_CODE_VERSION } from './version.ts';

/** What every kind of family is played with: checked, cut to the wanted time, counted in whole steps. */
export type PreparedRun = {
  readonly strategy: string;
  readonly params: FamilyParameters;
  readonly profiles: Profiles;
  readonly seed: number;
  readonly cash: Decimal;
  readonly feeBps: Decimal;
  readonly series: readonly [BacktestSeries, ...BacktestSeries[]];
  readonly gaps: BacktestGaps;
  readonly detail: BacktestSeries | undefined;
  readonly instrument: Instrument | undefined;
  readonly grid: Grid;
  readonly runHash: Hash;
  readonly facts: SeriesFacts;
  readonly envelope?: Partial<RiskEnvelope>;
};

export type PrepareInput = {
  readonly options: BacktestOptions;
  readonly strategy: string;
  readonly params: FamilyParameters;
  readonly profiles: Profiles;
  /** Family of agents: what they hold follows the rules of an instrument under every profile. */
  readonly onInstrumentSteps: boolean;
  readonly digest: Digest;
  readonly byteDigest: ByteDigest;
  readonly dataHash: Hash | undefined;
  /** Of the news that agents read. */
  readonly newsHash?: Hash | undefined;
  readonly facts: SeriesFacts;
};

/** A lot fine enough for any whole quantity, and what most venues count coins in. */
export const ASSUMED_LOT = decimal(1n, 8);
/** Decimals of the quote asset to which a fee is rounded up when no instrument says it. */
export const ASSUMED_QUOTE_SCALE = 8;

/** Throws a Fault for whatever cannot be played. */
export function prepareRun(input: PrepareInput): PreparedRun {
  const { options, strategy, params, profiles, digest, facts } = input;
  const { instrument, seed = 0 } = options;
  const cash = amountOf(options.cash, 'cash');
  const feeBps = amountOf(options.feeBps, 'fee-bps');
  const [traded, ...others] = options.series.map((one) => cut(one, options, facts));
  if (traded === undefined) throw new Fault('usage', 'no series to play', 'Give at least one series of candles.');
  const gaps = facts.gaps(traded);
  for (const other of others) facts.gaps(other);
  refuseOtherInstrument(instrument, traded);
  refuseOutsideListing(instrument, traded);
  refuseMargin(instrument, profiles, input.onInstrumentSteps);
  const envelope = envelopeOf(options, input.onInstrumentSteps);
  const detail = detailOf(options, traded, facts);
  refuseWithoutVolume(traded.columns, profiles, facts);
  const grid =
    instrument === undefined || (profiles.limits === 'none' && !input.onInstrumentSteps)
      ? createGrid(finerStep(facts, traded.columns, detail?.columns), ASSUMED_LOT)
      : createGrid(instrument.tickSize, instrument.lotSize);
  const series = [traded, ...others] as const;
  const runHash = hashOf(digest, 'backtest', {
    data: input.dataHash ?? dataHash(digest, input.byteDigest, series),
    ...(detail === undefined ? {} : { detail: dataHash(digest, input.byteDigest, [detail]) }),
    ...(input.newsHash === undefined ? {} : { news: input.newsHash }),
    version: BACKTEST_CODE_VERSION,
    strategy,
    params,
    profiles,
    seed,
    cash: formatDecimal(cash),
    feeBps: formatDecimal(feeBps),
    tickSize: formatDecimal(grid.tick),
    lotSize: formatDecimal(grid.lot),
    rules: instrument === undefined ? null : rulesText(instrument),
    from: options.from,
    to: options.to,
    ...envelope,
  });
  return {
    strategy,
    params,
    profiles,
    seed,
    cash,
    feeBps,
    series,
    gaps,
    detail,
    instrument,
    grid,
    runHash,
    facts,
    ...envelope,
  };
}

/** Only agents have an envelope: for a family of columns it would change the hash of a run and nothing else. */
function envelopeOf({ envelope, strategy }: BacktestOptions, isAgent: boolean): Pick<PreparedRun, 'envelope'> {
  if (envelope === undefined) return {};
  if (isAgent) return { envelope };
  throw new Fault('usage', `${strategy} is no agent and has no envelope`, 'Leave the envelope out.');
}

function amountOf(text: string, name: string): Decimal {
  let value: Decimal;
  try {
    value = parseDecimal(text);
  } catch {
    throw new Fault(
      'usage',
      `${name} ${JSON.stringify(text)} is not a plain number`,
      'Write digits with at most one point, such as 10 or 7.5.',
    );
  }
  if (isNegative(value)) throw new Fault('usage', `${name} ${text} is negative`, 'Give 0 or more.');
  return value;
}

function cut(
  { instrumentId, columns }: BacktestSeries,
  { from, to }: BacktestOptions,
  facts: SeriesFacts,
): BacktestSeries {
  if (from === undefined && to === undefined) return { instrumentId, columns };
  // `to` is the last close that may be seen; columns are cut by open time.
  const until = to === undefined ? undefined : unixMs(to - INTERVAL_MS[columns.interval] + 1);
  const part = facts.part(columns, from, until);
  if (part.length === 0)
    throw new Fault(
      'usage',
      `${instrumentId} ${columns.interval} has no candle between the given moments`,
      'Choose a range inside the data.',
    );
  return { instrumentId, columns: part };
}

/** Finer candles, checked: of a shorter interval that divides the traded one. */
function detailOf(
  { detail }: BacktestOptions,
  { instrumentId, columns }: BacktestSeries,
  facts: SeriesFacts,
): BacktestSeries | undefined {
  if (detail === undefined) return undefined;
  const [fine, coarse] = [INTERVAL_MS[detail.interval], INTERVAL_MS[columns.interval]];
  if (fine >= coarse || coarse % fine !== 0)
    throw new Fault(
      'usage',
      `${detail.interval} candles do not divide ${columns.interval} candles`,
      'Give candles of a shorter interval.',
    );
  const series = { instrumentId, columns: detail };
  facts.gaps(series);
  return series;
}

/** Powers of ten: the one with more decimals is a whole part of the other. */
function finerStep(facts: SeriesFacts, columns: CandleColumns, detail: CandleColumns | undefined): Decimal {
  const steps = [columns, ...(detail === undefined ? [] : [detail])].map(facts.step);
  return steps.reduce((finest, step) => (step.scale > finest.scale ? step : finest));
}

function refuseOtherInstrument(instrument: Instrument | undefined, traded: BacktestSeries): void {
  if (instrument !== undefined && instrument.id !== traded.instrumentId)
    throw new Fault(
      'usage',
      `the rules of ${instrument.id} do not fit candles of ${traded.instrumentId}`,
      'Give the instrument of the first series.',
    );
}

/** A past in which today's instruments had always been there knows only the survivors: the whole span has to lie inside the listing. */
function refuseOutsideListing(instrument: Instrument | undefined, { columns }: BacktestSeries): void {
  const { openTime, interval, length } = columns;
  if (instrument === undefined) return;
  const end = (openTime[length - 1] as number) + INTERVAL_MS[interval];
  refuseUnlistedSpan(instrument, unixMs(openTime[0] as number), unixMs(end));
}

/** Agents are long only, and without limits there is no margin to keep. */
function refuseMargin(instrument: Instrument | undefined, { limits }: Profiles, isAgent: boolean): void {
  if (instrument?.margin === undefined) return;
  checkMargin(instrument.margin);
  if (isAgent || limits === 'none')
    throw new Fault(
      'unsupported',
      `${instrument.id} has margin terms, which ${isAgent ? 'agents do not know' : 'limits "none" cannot keep'}`,
      'Play a family of columns under limits "default", or leave the terms out.',
    );
}

function refuseWithoutVolume(columns: CandleColumns, { limits, costs }: Profiles, facts: SeriesFacts): void {
  if ((limits === 'none' && costs === 'fee-only') || facts.hasVolume(columns)) return;
  throw new Fault(
    'bad_data',
    'every candle has a volume of zero: nothing could be bought or sold',
    'Give candles with their volume, or ask for limits "none" and costs "fee-only".',
  );
}

const rulesText = ({ minQuantity, minNotional, quoteScale, margin }: Instrument) => ({
  minQuantity: formatDecimal(minQuantity),
  minNotional: formatDecimal(minNotional),
  quoteScale,
  ...(margin === undefined
    ? {}
    : {
        margin: {
          initial: formatDecimal(margin.initial),
          maintenance: formatDecimal(margin.maintenance),
          annualInterest: formatDecimal(margin.annualInterest),
        },
      }),
});
