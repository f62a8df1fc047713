/** Names by which headlines call the coins that can be traded here, by ticker. Words that are ordinary English are left out. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  BTC: ['bitcoin', 'bitcoins', 'xbt'],
  ETH: ['ethereum', 'ether'],
  SOL: ['solana'],
  XRP: ['ripple'],
  DOGE: ['dogecoin'],
  LINK: ['chainlink'],
  ADA: ['cardano'],
  LTC: ['litecoin'],
  BNB: [],
  AVAX: ['avalanche'],
  MATIC: ['polygon'],
  USDC: [],
  USDT: ['tether'],
  DOT: ['polkadot'],
};

/** Tickers that are also words; only in capitals do they mean the coin. */
const CAPITALS_ONLY = new Set(['LINK', 'SOL', 'DOT', 'ADA']);

export const KNOWN_TICKERS: readonly string[] = Object.keys(NAMES);

/** The coins that a text names, in alphabetical order. */
export function assetsIn(text: string): readonly string[] {
  const words = text.match(/[A-Za-z]{2,12}/g) ?? [];
  const exact = new Set(words);
  const lower = new Set(words.map((word) => word.toLowerCase()));
  return KNOWN_TICKERS.filter(
    (ticker) =>
      exact.has(ticker) ||
      (!CAPITALS_ONLY.has(ticker) && lower.has(ticker.toLowerCase())) ||
      NAMES[ticker]?.some((name) => lower.has(name)) === true,
  ).toSorted();
}

/** True for an item about this asset, or about the market at large. */
export const concerns = (assets: readonly string[], base: string): boolean =>
  assets.length === 0 || assets.includes(base);
