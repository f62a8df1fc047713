/**
 * Pages outside that the product may offer to open in the master's own browser: the sites of exchanges, where keys are made and money is
 * looked after, and the credit that the chart library asks for. Exact names: `kraken.com.example` and `evil-kraken.com` are strangers.
 */
export const OUTSIDE_HOSTS: ReadonlySet<string> = new Set([
  'www.binance.com',
  'www.binance.us',
  'testnet.binance.vision',
  'www.kraken.com',
  'pro.kraken.com',
  'support.kraken.com',
  'www.bybit.com',
  'www.okx.com',
  'www.coinbase.com',
  'www.bitstamp.net',
  'www.bitfinex.com',
  'www.kucoin.com',
  'www.gate.com',
  'www.bitget.com',
  'www.mexc.com',
  'www.tradingview.com',
]);

const MAX_LENGTH = 2_000;

/**
 * The address as it may be opened, or undefined. Only https on its own port, to a known host, without a user name, and only as a browser
 * writes it itself: what a parser has to mend first (tabs, backslashes, other letters) could be read differently by whoever opens it.
 */
export const outsideAddress = (text: string): string | undefined => {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    const url = new URL(text);
    const plain = url.href === text || (url.pathname === '/' && url.href === `${text}/`);
    const safe = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
    return plain && safe && OUTSIDE_HOSTS.has(url.hostname) ? url.href : undefined;
  } catch {
    return undefined;
  }
};
