import type { ColumnFamily } from '../agent/column-family.ts';
import { type Decimal, decimal, divide, formatDecimal, isNegative, ONE, parseDecimal } from '../domain/decimal.ts';
import { type Hash, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { Fault } from '../kernel/fault.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import { createRng } from '../kernel/rng.ts';
import { sliceByTime } from '../market/candle-columns.ts';
import { finestStep, toTicks } from '../market/price-ticks.ts';
import type { CandleColumns } from '../market/types.ts';
import { createGrid, type Grid } from '../matching/grid.ts';
import { createBookKeeper } from './book-keeper.ts';
import { checkSeries } from './check-series.ts';
import { columnFamilyOf } from './column-families.ts';
import { type EngineOutput, runEngine, StrategyError } from './engine.ts';
import { parseParameters } from './parameters.ts';
import { matchRulesOf } from './profiles.ts';
import { type ByteDigest, dataHash } from './run-hash.ts';
import type { ViewColumns } from './series-view.ts';
import type { BacktestFailure, BacktestOptions, BacktestOutcome, BacktestSeries, Profiles } from './types.ts';
import { BACKTEST_CODE_VERSION } from './version.ts';

/** What the host lends: the core has no crypto and no clock of its own. */
export type BacktestPorts = {
  readonly digest: Digest;
  readonly byteDigest: ByteDigest;
  /** Found by name; the registry unless a test brings its own. */
  readonly families?: (name: string) => ColumnFamily;
  /** Of `dataHash`, when many runs play the same series. */
  readonly dataHash?: Hash;
  /** Around the event loop alone, so that the caller can time it: called when it begins and when it has ended. */
  readonly onLoop?: (moment: 'begin' | 'end') => void;
  /** Values that a strategy may look at in one decision. */
  readonly stepsPerDecision?: number;
};

/** A lot fine enough for any whole quantity, and what most venues count coins in. */
const ASSUMED_LOT = decimal(1n, 8);
const STEPS_PER_DECISION = 1_000_000;
/** Decimals of the quote asset to which a fee is rounded up when no instrument says it. */
const ASSUMED_QUOTE_SCALE = 8;

/**
 * Plays a family over columns of candles and answers what came of it. Bad input (data, numbers, parameters, names) throws a Fault before
 * anything is played; a strategy that throws or uses up its steps gives a failed run with its cause and no partial result.
 */
export function runBacktest(options: BacktestOptions, ports: BacktestPorts): BacktestOutcome {
  const family = (ports.families ?? columnFamilyOf)(options.strategy);
  const params = parseParameters(family, options.params ?? {});
  const profiles: Profiles = { ...family.profiles, ...options.profiles };
  const seed = options.seed ?? 0;
  const cash = amountOf(options.cash, 'cash');
  const feeBps = amountOf(options.feeBps, 'fee-bps');
  const series = options.series.map((one) => cut(one, options));
  const [traded] = series;
  if (traded === undefined) throw new Fault('usage', 'no series to play', 'Give at least one series of candles.');
  const gaps = series.map(({ columns, instrumentId }) =>
    checkSeries(columns, `${instrumentId} ${columns.interval}`),
  )[0];
  const { instrument } = options;
  refuseOtherInstrument(instrument, traded);
  const grid = gridOf(traded.columns, instrument, profiles);
  const warmUp = family.warmUp(params);
  refuseWithoutVolume(traded.columns, profiles);

  const runHash = hashOf(ports.digest, 'backtest', {
    data: ports.dataHash ?? dataHash(ports.digest, ports.byteDigest, series),
    version: BACKTEST_CODE_VERSION,
    strategy: family.name,
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
  });

  const keeper = createBookKeeper({
    grid,
    cash,
    feeBps,
    feeScale: profiles.costs === 'fee-only' ? undefined : (instrument?.quoteScale ?? ASSUMED_QUOTE_SCALE),
  });
  const views = series.map((one, index) => viewColumns(one, index === 0 ? grid.tick : undefined));
  const strategy = family.create(params, createRng(seed));
  const match = matchRulesOf(profiles.limits, profiles.costs);
  const rules =
    profiles.limits === 'none'
      ? undefined
      : {
          minLots: instrument === undefined ? 1 : grid.lotsOf(instrument.minQuantity, 'the least quantity'),
          minNotional: instrument?.minNotional ?? decimal(0n),
        };
  let output: EngineOutput;
  ports.onLoop?.('begin');
  try {
    output = runEngine({
      grid,
      series: views as [ViewColumns, ...ViewColumns[]],
      strategy,
      warmUp,
      keeper,
      match,
      rules,
      unit: Number(formatDecimal(divide(ONE, grid.lot, 0, 'down'))),
      stepsPerDecision: ports.stepsPerDecision ?? STEPS_PER_DECISION,
    });
  } catch (error) {
    if (!(error instanceof StrategyError)) throw error;
    return { ...failureOf(error), strategy: family.name, params, profiles, runHash };
  } finally {
    ports.onLoop?.('end');
  }
  const { columns } = traded;
  const last = columns.length - 1;
  const intervalMs = INTERVAL_MS[columns.interval];
  const books = keeper.done((views[0] as ViewColumns).close[last] as number);
  return {
    status: 'completed',
    strategy: family.name,
    params,
    seed,
    profiles,
    ...(instrument === undefined
      ? { assumed: { tickSize: formatDecimal(grid.tick), lotSize: formatDecimal(grid.lot) } }
      : {}),
    tickSize: formatDecimal(grid.tick),
    lotSize: formatDecimal(grid.lot),
    instrumentId: traded.instrumentId,
    interval: columns.interval,
    from: unixMs(columns.openTime[0] as number),
    to: unixMs((columns.openTime[last] as number) + intervalMs),
    candles: columns.length,
    warmUp,
    gaps: gaps ?? { count: 0, missing: 0 },
    startingCash: formatDecimal(cash),
    ...books,
    equity: { openTime: columns.openTime, intervalMs, equity: output.equity },
    journal: output.journal,
    exposure: output.candlesHeld / columns.length,
    runHash,
  };
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

function cut({ instrumentId, columns }: BacktestSeries, { from, to }: BacktestOptions): BacktestSeries {
  if (from === undefined && to === undefined) return { instrumentId, columns };
  // `to` is the last close that may be seen; columns are cut by open time.
  const until = to === undefined ? undefined : unixMs(to - INTERVAL_MS[columns.interval] + 1);
  const part = sliceByTime(columns, from, until);
  if (part.length === 0)
    throw new Fault(
      'usage',
      `${instrumentId} ${columns.interval} has no candle between the given moments`,
      'Choose a range inside the data.',
    );
  return { instrumentId, columns: part };
}

function refuseOtherInstrument(instrument: Instrument | undefined, traded: BacktestSeries): void {
  if (instrument !== undefined && instrument.id !== traded.instrumentId)
    throw new Fault(
      'usage',
      `the rules of ${instrument.id} do not fit candles of ${traded.instrumentId}`,
      'Give the instrument of the first series.',
    );
}

/** Under `none` the data alone say what a price can be; otherwise the instrument does when there is one. */
function gridOf(columns: CandleColumns, instrument: Instrument | undefined, { limits }: Profiles): Grid {
  if (instrument === undefined || limits === 'none') return createGrid(finestStep(columns), ASSUMED_LOT);
  return createGrid(instrument.tickSize, instrument.lotSize);
}

function refuseWithoutVolume(columns: CandleColumns, { limits, costs }: Profiles): void {
  if (limits === 'none' && costs === 'fee-only') return;
  if (columns.volume.some((volume) => volume > 0)) return;
  throw new Fault(
    'bad_data',
    'every candle has a volume of zero: nothing could be bought or sold',
    'Give candles with their volume, or ask for limits "none" and costs "fee-only".',
  );
}

const NOTHING = new Float64Array(0);

/** Columns in ticks; highs and lows, which few strategies look at, only when somebody asks. Looked-at series bring their own tick. */
function viewColumns({ instrumentId, columns }: BacktestSeries, tick: Decimal | undefined): ViewColumns {
  const step = tick ?? finestStep(columns);
  const { open, close } = toTicks({ ...columns, high: NOTHING, low: NOTHING }, step);
  const column = (name: 'high' | 'low') => {
    let made: Float64Array | undefined;
    return () => {
      made ??= toTicks({ ...columns, open: columns[name], high: NOTHING, low: NOTHING, close: NOTHING }, step).open;
      return made;
    };
  };
  const { interval, openTime, volume } = columns;
  return { instrumentId, interval, openTime, open, close, high: column('high'), low: column('low'), volume };
}

const rulesText = ({ minQuantity, minNotional, quoteScale }: Instrument) => ({
  minQuantity: formatDecimal(minQuantity),
  minNotional: formatDecimal(minNotional),
  quoteScale,
});

function failureOf({ cause, message, at }: StrategyError): Pick<BacktestFailure, 'status' | 'cause' | 'at'> {
  const known =
    cause instanceof Fault
      ? { code: cause.code, remedy: cause.remedy }
      : { code: 'strategy' as const, remedy: 'Correct the strategy; nothing of this run counts.' };
  return { status: 'failed', cause: { ...known, message }, at };
}
