/** The strategy families that agents are made of. Arbitrage has two legs and is not one of them: see core/arbitrage. */
export const FAMILIES = [
  'trend-following',
  'mean-reversion',
  'scalping',
  'dca',
  'reversal',
  'sentiment',
  'news-reaction',
  'pattern-recognition',
] as const;
