import { resolve } from 'node:path';
import { instrumentFor, loadInstruments } from '#adapters/instruments/load-instruments.ts';
import type { Instrument } from '#core/domain/instrument.ts';

export const SIMULATED_INSTRUMENTS = resolve(import.meta.dirname, '../../resources/instruments/simulated.json');

/** One of the instruments that the product ships, such as `BTC/USDT`. */
export const simulatedInstrument = (symbol: string): Instrument =>
  instrumentFor(symbol, loadInstruments(SIMULATED_INSTRUMENTS));
