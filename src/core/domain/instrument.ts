import type { Decimal } from './decimal.ts';
import type { InstrumentId, UnixMs } from './ids.ts';
import type { MarginTerms } from './margin.ts';
import type { Asset } from './money.ts';

/** A tradable thing and its venue's rules. */
export type Instrument = {
  readonly id: InstrumentId;
  /** `BTC/USDT` */
  readonly symbol: string;
  readonly venue: string;
  readonly base: Asset;
  readonly quote: Asset;
  /** Smallest price step, in quote. */
  readonly tickSize: Decimal;
  /** Smallest quantity step, in base. */
  readonly lotSize: Decimal;
  readonly minQuantity: Decimal;
  /** Smallest price x quantity, in quote. */
  readonly minNotional: Decimal;
  /** Decimals that the venue keeps of the quote asset; fees round up to it. */
  readonly quoteScale: number;
  /** Absent for spot, which is everything that agents trade. */
  readonly margin?: MarginTerms;
  /** First moment at which it could be traded; absent when there is no known beginning. */
  readonly listedFrom?: UnixMs;
  /** First moment at which it could be traded no more; absent while it is listed. */
  readonly listedUntil?: UnixMs;
};
