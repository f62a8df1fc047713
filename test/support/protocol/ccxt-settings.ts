import { parseDecimal } from '#core/domain/decimal.ts';
import type { AgentId, InstrumentId } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset } from '#core/domain/money.ts';
import { PROTOCOL_SETTINGS, type ProtocolSettings } from '#core/order-protocol/settings.ts';

export const CCXT_AGENT = 'A-00000001' as AgentId;

export const CCXT_INSTRUMENT: Instrument = {
  id: 'BTC/USDT.BINANCE' as InstrumentId,
  symbol: 'BTC/USDT',
  venue: 'BINANCE',
  base: asset('BTC'),
  quote: asset('USDT'),
  tickSize: parseDecimal('0.01'),
  lotSize: parseDecimal('0.00001'),
  minQuantity: parseDecimal('0.00001'),
  minNotional: parseDecimal('5'),
  quoteScale: 8,
};

/** Half the product's waits, so that an engine that lives for a second gets somewhere. */
export const CCXT_SETTINGS: ProtocolSettings = {
  ...PROTOCOL_SETTINGS,
  expiryMs: 1_500,
  skewMs: 300,
  vanishedMs: 5_000,
  firstWaitMs: 60,
  longestWaitMs: 400,
  reportMs: 300,
  pollMs: 300,
  auditMs: 700,
};
