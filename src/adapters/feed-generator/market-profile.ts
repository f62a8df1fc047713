import { toFloat } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';

/** What a generated instrument looks like from far away. Round numbers of a plausible size, taken from no venue. */
export type MarketProfile = {
  /** The first price, and the level to which years pull it back, in quote. */
  readonly startPrice: number;
  /** 1 is a calm large coin; 2 moves twice as much. */
  readonly liveliness: number;
  /** Volume of a quiet minute, in base. */
  readonly minuteVolume: number;
};

const PROFILES: Readonly<Record<string, MarketProfile>> = {
  'BTC/USDT': { startPrice: 60_000, liveliness: 1, minuteVolume: 6 },
  'ETH/USDT': { startPrice: 3_000, liveliness: 1.25, minuteVolume: 90 },
  'SOL/USDT': { startPrice: 150, liveliness: 1.6, minuteVolume: 900 },
};

/** An instrument without a profile starts a hundred thousand ticks above zero, so that its moves are not lost between ticks. */
export const profileFor = (instrument: Instrument): MarketProfile =>
  PROFILES[instrument.symbol] ?? {
    startPrice: toFloat(instrument.tickSize) * 100_000,
    liveliness: 1.5,
    minuteVolume: toFloat(instrument.lotSize) * 10_000,
  };
