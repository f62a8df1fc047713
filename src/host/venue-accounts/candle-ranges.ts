import { type Decimal, multiply, parseDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { Price } from '#core/domain/money.ts';
import type { Clock } from '#core/kernel/clock.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';

const CANDLES = 30;
const REFRESH_MS = INTERVAL_MS['1m'];
/** Until candles were read an instrument counts as moving by one percent in a minute: more than it does on a bad day. */
const UNKNOWN_RANGE = parseDecimal('0.01');

/** How far instruments move in a minute. */
export type CandleRanges = {
  /** In quote; the mean from high to low of the last half hour. */
  of(id: InstrumentId, price: Price): Decimal;
  stop(): void;
};

/** Reads the last half hour of each instrument now and once a minute. */
export function followRanges(instruments: readonly Instrument[], market: LiveMarket, clock: Clock): CandleRanges {
  const ranges = new Map<InstrumentId, Decimal>();
  let cancel = (): void => undefined;
  let stopped = false;

  const read = async ({ id, tickSize }: Instrument): Promise<void> => {
    const to = clock.now();
    const page = await market.candles(id, '1m', unixMs(to - CANDLES * REFRESH_MS), to);
    if (page.kind === 'failed' || page.value.candles.length === 0) return;
    const { candles } = page.value;
    const mean = candles.reduce((sum, { high, low }) => sum + high - low, 0) / candles.length;
    ranges.set(id, quantizeFloat(mean, tickSize, 'ceil'));
  };
  const refresh = async (): Promise<void> => {
    for (const instrument of instruments) if (!stopped) await read(instrument);
    if (!stopped) cancel = clock.setTimer(unixMs(clock.now() + REFRESH_MS), () => void refresh());
  };
  void refresh();

  return {
    of: (id, price) => ranges.get(id) ?? multiply(price, UNKNOWN_RANGE),
    stop() {
      stopped = true;
      cancel();
    },
  };
}
