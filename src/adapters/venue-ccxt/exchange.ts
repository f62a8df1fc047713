/**
 * The part of a ccxt exchange that this folder uses. Everything it hands back is `unknown`: ccxt's own types promise numbers and texts that
 * a venue's odd answer does not keep, so each answer goes through a parser. Written down here instead of imported, because ccxt's type
 * files describe all its exchanges and would make each type check read them.
 */
export type CcxtExchange = {
  readonly id: string;
  name: string;
  /** Of one request, in ms. */
  timeout: number;
  /** Milliseconds that one request of cost 1 takes of the venue's allowance. */
  rateLimit: number;
  enableRateLimit: boolean;
  /** 2 decimal places, 3 significant digits, 4 tick size. */
  precisionMode: number;
  options: Record<string, unknown>;
  urls: { api: unknown; test?: unknown };
  has: Record<string, unknown>;
  timeframes: Record<string, unknown>;
  markets: Record<string, unknown> | undefined;
  /** How ccxt makes a number of a venue's text: `String` keeps every digit. */
  number: (text: string) => unknown;
  userAgent: unknown;
  validateServerSsl: boolean;
  apiKey: string | undefined;
  secret: string | undefined;
  password: string | undefined;
  orderbooks: Record<string, unknown>;
  clients: Record<string, CcxtClient>;
  /** Whether `watchTrades` and the like hand out only what is new since the last call. */
  newUpdates: boolean;
  fetchImplementation: unknown;
  FetchError: unknown;
  /** Used for streams without TLS, which ccxt otherwise refuses to open. */
  httpAgent: unknown;
  AbortError: unknown;
  milliseconds: () => number;
  nonce: () => number;
  throttle: (cost?: number) => Promise<void>;
  /** One request: waits for `throttle`, signs, sends. `api` is `private` for what is signed. */
  fetch2: (path: string, api?: unknown, ...rest: unknown[]) => Promise<unknown>;
  /** The socket of an address, made when it is first asked for. */
  client: (url: string) => CcxtClient;
  handleMessage: (client: CcxtClient, message: unknown) => void;
  handleOrderBook: (client: CcxtClient, message: unknown, ...rest: unknown[]) => void;
  crc32(text: string, signed: boolean): number;
  setSandboxMode(on: boolean): void;
  checkRequiredCredentials(throwError?: boolean): boolean;
  loadMarkets(reload?: boolean): Promise<unknown>;
  setMarkets(markets: unknown, currencies?: unknown): unknown;
  market(symbol: string): unknown;
  amountToPrecision(symbol: string, amount: string): string;
  priceToPrecision(symbol: string, price: string): string;
  fetchTime(): Promise<unknown>;
  fetchTicker(symbol: string): Promise<unknown>;
  fetchOHLCV(symbol: string, timeframe: string, since?: number, limit?: number, params?: object): Promise<unknown>;
  fetchOrderBook(symbol: string, limit?: number): Promise<unknown>;
  fetchBalance(): Promise<unknown>;
  createOrder(
    symbol: string,
    type: string,
    side: string,
    amount: string,
    price?: string,
    params?: object,
  ): Promise<unknown>;
  cancelOrder(id: string, symbol?: string, params?: object): Promise<unknown>;
  cancelAllOrders(symbol?: string, params?: object): Promise<unknown>;
  cancelAllOrdersAfter(timeoutMs: number): Promise<unknown>;
  fetchOrder(id: string, symbol?: string, params?: object): Promise<unknown>;
  fetchOpenOrders(symbol?: string, since?: number, limit?: number, params?: object): Promise<unknown>;
  fetchClosedOrders(symbol?: string, since?: number, limit?: number, params?: object): Promise<unknown>;
  fetchOrders(symbol?: string, since?: number, limit?: number, params?: object): Promise<unknown>;
  fetchMyTrades(symbol?: string, since?: number, limit?: number, params?: object): Promise<unknown>;
  watchOrderBook(symbol: string, limit?: number): Promise<unknown>;
  watchTrades(symbol: string): Promise<unknown>;
  watchOrders(symbol?: string): Promise<unknown>;
  watchMyTrades(symbol?: string): Promise<unknown>;
  close(): Promise<unknown>;
};

/** One socket of ccxt.pro. */
export type CcxtClient = {
  readonly url: string;
  subscriptions: Record<string, unknown>;
  futures: Record<string, unknown>;
  /** Settles when a message of this name comes, or when the connection fails. */
  future: (messageHash: string) => Promise<unknown>;
  send: (message: unknown) => Promise<unknown>;
  reject(error: unknown, messageHash?: string): unknown;
  resolve(value: unknown, messageHash: string): unknown;
};

/** Whether ccxt says that the venue can do it; `emulated` (made of other requests) counts as no. */
export const can = (exchange: CcxtExchange, method: string): boolean => exchange.has[method] === true;
