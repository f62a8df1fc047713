export type SymbolParts = { readonly symbol: string; readonly base: string; readonly quote: string };

/** `BTC/USDT.SIM` is `BTC/USDT`, of which `BTC` is traded for `USDT`. */
export function symbolParts(instrumentId: string): SymbolParts {
  const dot = instrumentId.lastIndexOf('.');
  const symbol = dot < 0 ? instrumentId : instrumentId.slice(0, dot);
  const [base = symbol, quote = ''] = symbol.split('/');
  return { symbol, base, quote };
}
