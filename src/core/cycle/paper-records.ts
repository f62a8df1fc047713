import type { MarketSource } from '#shared/market-source.ts';
import type { CycleEnvironment } from '../domain/environment.ts';
import type { AgentId, UnixMs } from '../domain/ids.ts';
import type { OrderPurpose, Side } from '../domain/order.ts';

/** The venue's rules as they were at the press, so that the books can be read again without asking the venue. */
export type InstrumentTerms = {
  readonly base: string;
  readonly quote: string;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly minQuantity: string;
  readonly minNotional: string;
  readonly quoteScale: number;
};

export type CycleMarketPayload = {
  readonly kind: MarketSource['kind'];
  readonly seed?: number;
  /** ccxt's id of the venue, and where its stand-in on this machine listens, if it is one. */
  readonly venue?: string;
  readonly url?: string;
  readonly terms?: InstrumentTerms;
};

/** What the records say of a venue's live prices: accounts that trade them, time that nobody watched, and what a book would have given. */
export type PaperPayloads = {
  /** An account for the prices of one venue; one for each environment, quote asset, and for a stand-in apart from the venue itself. */
  'paper_account.opened': {
    readonly environment: Exclude<CycleEnvironment, 'simulated'>;
    readonly venue: string;
    readonly standIn: boolean;
    readonly asset: string;
    readonly cash: string;
  };
  /** The records up to the next order of ours happened in candles that closed while nobody watched, and were played afterwards. */
  'cycle.offline': {
    readonly from: UnixMs;
    readonly to: UnixMs;
    readonly candles: number;
    /** Minutes for which the venue has no candle any more, or never had one. */
    readonly minutesWithout: number;
  };
  /** What the venue's book would have given for an order at the moment the gate let it through. Nothing was sent. */
  'shadow.quoted': {
    readonly agentId: AgentId;
    readonly clientOrderId: string;
    readonly purpose: OrderPurpose;
    readonly side: Side;
    readonly quantity: string;
    readonly bid: string | null;
    readonly ask: string | null;
    /** Average over the levels that it would have taken; null when the book could not be trusted or did not hold enough. */
    readonly price: string | null;
    readonly levels: number;
    readonly why: string | null;
  };
  'shadow.compared': {
    readonly agentId: AgentId;
    readonly clientOrderId: string;
    readonly quoted: string;
    readonly simulated: string;
    /** By how much the book would have been worse than the simulation, in basis points of the simulated price. */
    readonly slippageBps: string;
  };
};
