import { ZERO } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { asset } from '../domain/money.ts';
import { ASSUMED_QUOTE_SCALE, type PreparedRun } from './prepare-run.ts';

/** Base and quote of an id such as `BTC/USDT.SIM`; placeholders for a file of something unnamed. */
function assetsOf(id: string): { readonly base: string; readonly quote: string } {
  const match = /^([A-Z0-9]{1,20})\/([A-Z0-9]{1,20})(\.|$)/.exec(id);
  return { base: match?.[1] ?? 'BASE', quote: match?.[2] ?? 'QUOTE' };
}

/** Rules for candles without an instrument: the steps that the run assumed and no minimum. */
export function assumedInstrument({ series, grid }: PreparedRun): Instrument {
  const [{ instrumentId }] = series;
  const { base, quote } = assetsOf(instrumentId);
  return {
    id: instrumentId,
    symbol: `${base}/${quote}`,
    venue: 'SIM',
    base: asset(base),
    quote: asset(quote),
    tickSize: grid.tick,
    lotSize: grid.lot,
    minQuantity: grid.lot,
    minNotional: ZERO,
    quoteScale: ASSUMED_QUOTE_SCALE,
  };
}
