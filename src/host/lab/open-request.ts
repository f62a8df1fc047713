import { GENERATOR_END, GENERATOR_EPOCH } from '#adapters/feed-generator/generated-market.ts';
import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { formatDecimal, isNegative, isPositive, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import type { BacktestRequest, SearchRequest } from '#shared/contract/lab.ts';
import { storedSeriesId } from '../venues/stored-candles.ts';
import type { CandleSource, RunSource } from './candle-data.ts';
import { type LabFamily, labFamily } from './families.ts';
import type { RunPeriod, RunSetup } from './protocol.ts';
import { conditionsOf, readVenueFile, refuseUnknownMarkets } from './venue-file.ts';

type AnyRequest = Omit<BacktestRequest, 'params' | 'fills'> | Omit<SearchRequest, 'params'>;

export type OpenedRequest = {
  readonly family: LabFamily;
  readonly setup: RunSetup;
  readonly source: RunSource;
  /** Where the candles come from, in words. */
  readonly sourceText: string;
  readonly period: RunPeriod;
};

export const DEFAULT_FEE_BPS = '10';
/** Longest simulated market of one run: its minutes are made one by one. */
const MOST_MINUTES = 2_000_000;

/** Turns a request into what workers can play. Throws a Fault that names what is wrong; nothing has been read or begun then. */
export function openRequest(
  request: AnyRequest,
  instruments: readonly Instrument[],
  candles: CandleStore,
): OpenedRequest {
  const family = labFamily(request.strategy);
  const { from, to, interval } = request;
  if (from !== undefined && to !== undefined && to - from < INTERVAL_MS[interval])
    throw new Fault(
      'usage',
      'the period holds no candle: it ends before one could close',
      'Give a later end or an earlier beginning.',
    );
  const instrument = instrumentOf(request, instruments);
  const { source, sourceText } = sourceOf(request, instrument, candles);
  const also = (request.also ?? []).map((one) => ({ ...one, rules: instrumentFor(one.instrument, instruments) }));
  const other = (path: string | undefined, of: Instrument | undefined, at: Interval): CandleSource =>
    path === undefined ? besideOf(request, of, at, candles) : { kind: 'file', path, interval: at };
  return {
    family,
    setup: {
      ...venuesOf(request.venue, instrument, also),
      instrument,
      strategy: family.name,
      profiles: { limits: request.limits ?? family.limits, costs: request.costs ?? family.costs },
      feeBps: feeOf(request.feeBps),
      cash: cashOf(request.cash ?? family.cash),
      seed: request.seed ?? 1,
    },
    source: {
      main: source,
      ...(request.detail === undefined
        ? {}
        : { detail: other(request.detail.path, instrument, request.detail.interval) }),
      ...(also.length === 0
        ? {}
        : { also: also.map(({ path, rules, interval: own = interval }) => other(path, rules, own)) }),
    },
    sourceText: [sourceText, ...also.map(({ instrument: name, path }) => path ?? name)].join(', '),
    period: {
      ...(from === undefined ? {} : { from: unixMs(from) }),
      ...(to === undefined ? {} : { to: unixMs(to) }),
    },
  };
}

/** Candles from where the first market's come from: the same store, or the same simulated market over the same time. */
function besideOf(
  request: AnyRequest,
  instrument: Instrument | undefined,
  interval: Interval,
  candles: CandleStore,
): CandleSource {
  const { market } = request;
  if (market.kind === 'file')
    throw new Fault(
      'usage',
      `${interval} candles beside a file need a file of their own`,
      'Name it: --also ETH/USDT=FILE@1h, or --detail FILE@1m.',
    );
  const span = market.kind === 'generator' ? market.candles * INTERVAL_MS[request.interval] : 0;
  const beside =
    market.kind === 'generator'
      ? { ...market, candles: Math.max(1, Math.floor(span / INTERVAL_MS[interval])) }
      : market;
  return sourceOf({ ...request, market: beside, interval }, instrument, candles).source;
}

type Also = { readonly rules: Instrument };

/** What the file says of each market of the run. */
function venuesOf(
  path: string | undefined,
  instrument: Instrument | undefined,
  also: readonly Also[],
): Pick<RunSetup, 'venue' | 'venuePath' | 'also'> {
  const file = path === undefined ? undefined : readVenueFile(path);
  const symbols = [instrument, ...also.map(({ rules }) => rules)].flatMap((one) =>
    one === undefined ? [] : [one.symbol],
  );
  if (file !== undefined && path !== undefined) refuseUnknownMarkets(file, symbols, path);
  const venueOf = (symbol: string | undefined) => (file === undefined ? {} : { venue: conditionsOf(file, symbol) });
  return {
    ...venueOf(instrument?.symbol),
    ...(path === undefined ? {} : { venuePath: path }),
    ...(also.length === 0 ? {} : { also: also.map(({ rules }) => ({ instrument: rules, ...venueOf(rules.symbol) })) }),
  };
}

function instrumentOf({ market, instrument }: AnyRequest, instruments: readonly Instrument[]): Instrument | undefined {
  if (instrument !== undefined) return instrumentFor(instrument, instruments);
  // A file of anything can be played by the steps of its prices; the other markets are always of something.
  return market.kind === 'file' ? undefined : instruments[0];
}

function feeOf(text = DEFAULT_FEE_BPS): string {
  const fee = parseDecimal(text);
  if (isNegative(fee))
    throw new Fault('usage', `the fee of ${text} basis points is below zero`, 'Give basis points such as 10.');
  return formatDecimal(fee);
}

function cashOf(text: string): string {
  const cash = parseDecimal(text);
  if (!isPositive(cash))
    throw new Fault('usage', `the starting cash ${text} is not above zero`, 'Give an amount such as 10000.');
  return formatDecimal(cash);
}

function sourceOf(
  { market, interval }: AnyRequest,
  instrument: Instrument | undefined,
  candles: CandleStore,
): { readonly source: CandleSource; readonly sourceText: string } {
  if (market.kind === 'file') return { source: { kind: 'file', path: market.path, interval }, sourceText: market.path };
  if (instrument === undefined) throw new TypeError('no instrument is listed');
  if (market.kind === 'imported') {
    const columns = candles.readColumns(storedSeriesId(candles, instrument, interval), interval);
    if (columns.length === 0)
      throw new Fault(
        'not_found',
        `no ${interval} candles of ${instrument.symbol} were imported`,
        `Import some: mt import FILE --instrument ${instrument.symbol} --interval ${interval}`,
      );
    return { source: { kind: 'columns', columns }, sourceText: `imported ${instrument.symbol} ${interval}` };
  }
  const seed = market.seed ?? 1;
  const minutes = (market.candles * INTERVAL_MS[interval]) / INTERVAL_MS['1m'];
  const most = Math.min(MOST_MINUTES, (GENERATOR_END - GENERATOR_EPOCH) / INTERVAL_MS['1m']);
  if (minutes > most)
    throw new Fault(
      'usage',
      `${market.candles} ${interval} candles of the simulated market are ${minutes} minutes; at most ${most} are made`,
      'Ask for fewer or shorter candles.',
    );
  return {
    source: { kind: 'generator', seed, instrument, interval, candles: market.candles },
    sourceText: `simulated market, seed ${seed}`,
  };
}
