import { GENERATOR_END, GENERATOR_EPOCH } from '#adapters/feed-generator/generated-market.ts';
import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { formatDecimal, isNegative, isPositive, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import type { BacktestRequest, SearchRequest } from '#shared/contract/lab.ts';
import { storedSeriesId } from '../venues/stored-candles.ts';
import type { CandleSource } from './candle-data.ts';
import { type LabFamily, labFamily } from './families.ts';
import type { RunPeriod, RunSetup } from './protocol.ts';

type AnyRequest = Omit<BacktestRequest, 'params' | 'fills'> | Omit<SearchRequest, 'params'>;

export type OpenedRequest = {
  readonly family: LabFamily;
  readonly setup: RunSetup;
  readonly source: CandleSource;
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
  return {
    family,
    setup: {
      instrument,
      strategy: family.name,
      profiles: { limits: request.limits ?? family.limits, costs: request.costs ?? family.costs },
      feeBps: feeOf(request.feeBps),
      cash: cashOf(request.cash ?? family.cash),
      seed: request.seed ?? 1,
    },
    ...sourceOf(request, instrument, candles),
    period: {
      ...(from === undefined ? {} : { from: unixMs(from) }),
      ...(to === undefined ? {} : { to: unixMs(to) }),
    },
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
): Pick<OpenedRequest, 'source' | 'sourceText'> {
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
