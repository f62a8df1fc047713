import type { ClientOrderId, UnixMs } from '#core/domain/ids.ts';
import type { CcxtExchange } from './exchange.ts';

/** What `request expiry` needs to be told. Times are the venue's. */
export type ExpiryRequest = { readonly expiresAt: UnixMs; readonly venueNow: UnixMs };

/** Parameters that bound how late the venue may still accept the request, or why that can't be promised. */
export type ExpiryAnswer =
  | {
      readonly kind: 'params';
      readonly params: Readonly<Record<string, unknown>>;
      /** Headers of this one request, for venues that read them there; they are outside the signature. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'too_late'; readonly why: string };

/** How sure we are of a row: `checked` ran the conformance suite against a local stand-in; the others wait for `mt venue check`. */
export type VenueGrade = 'checked' | 'not yet checked' | 'ungraded';

/**
 * What differs between venues, one row each (folder venues/). Everything else is the same code for all. Lags and limits are the venue's
 * published ones where it publishes any; each row says where it had to assume.
 */
export type VenueTraits = {
  readonly id: string;
  readonly grade: VenueGrade;
  readonly clientId: {
    /** The venue's own name for it, as it stands in requests. */
    readonly field: string;
    /** Our client order id in the form that the venue takes; undefined when it can't be one. */
    readonly toVenue: (id: ClientOrderId) => string | undefined;
    readonly fromVenue: (text: string) => string;
    readonly unique: 'always' | 'open_only';
  };
  /** `query`: one order by its client id. `lists`: open and closed orders filtered by it. `scan`: lists without a filter. */
  readonly lookup: 'query' | 'lists' | 'scan';
  /** Extra parameters that ask for one order by client id, with `query` or `lists`. */
  readonly lookupParams: (clientId: string) => Readonly<Record<string, unknown>>;
  /** Undefined where the venue cannot be told when a request is too old. */
  readonly expiry: ((request: ExpiryRequest) => ExpiryAnswer) | undefined;
  readonly deadMan: boolean;
  /** One request cancels everything, or everything of one instrument, or nothing does and they go one by one. */
  readonly cancelAll: 'account' | 'instrument' | 'each';
  /** Steps in which the venue tells its time, in ms; a time that is cut to whole seconds is half a step late on average. */
  readonly timeStepMs: number;
  /** How long an accepted order may be missing from look-ups, in ms. */
  readonly indexLagMs: number;
  /** Units of ccxt's cost that may be spent at once after a rest. */
  readonly burst: number;
  /** The venue counts market data and what is private apart from each other; else both spend one allowance. */
  readonly countsDataApart: boolean;
  /** What ccxt charges for one order, and for one cancel. */
  readonly orderCost: number;
  /** Book integrity: `library`: ccxt checks it itself, `own` by our CRC, `sequence` by numbers alone, `none`. */
  readonly bookCheck: 'library' | 'own' | 'sequence' | 'none';
  /** Depths that the venue's book stream offers; undefined takes ccxt's own. */
  readonly bookDepth: number | undefined;
  /** Options for the exchange object, checks of books included. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Each private request must carry a greater number than the one before; two in one millisecond would not. */
  readonly nonceMustGrow: boolean;
  /** Works where ccxt's reading of the private stream loses something: raw messages are read by us. */
  readonly rawExecutions: boolean;
  /** Asks whether the keys may withdraw; undefined where there is no such question. */
  readonly mayWithdraw: ((exchange: CcxtExchange) => Promise<boolean>) | undefined;
  /** Candles of one request; the most that a page asks for. */
  readonly candlePage: number;
  /** How far back candles reach, in candles; undefined when everything is there. */
  readonly candleReach: number | undefined;
};

const PLAIN = /^[A-Za-z0-9]{1,18}$/;

/** Up to 18 letters and digits go everywhere; our ids (`mt` and 16 hex digits) are made for that. */
export const plainClientId = (id: ClientOrderId): string | undefined => (PLAIN.test(id) ? id : undefined);

const SHORTEST_EXPIRY_MS = 250;

/** A window in ms after the request's own time, as binance and bybit take it: at most `most`, never beyond `expiresAt`. */
export const windowExpiry =
  (parameter: string, most: number) =>
  ({ expiresAt, venueNow }: ExpiryRequest): ExpiryAnswer => {
    const left = expiresAt - venueNow;
    if (left < SHORTEST_EXPIRY_MS) return { kind: 'too_late', why: `${left} ms are left before the order expires` };
    return { kind: 'params', params: { [parameter]: Math.min(left, most) } };
  };
