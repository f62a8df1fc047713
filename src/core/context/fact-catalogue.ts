import type { FactId } from '../domain/ids.ts';
import type { FactUnit } from './types.ts';

export type FactDefinition = { readonly id: FactId; readonly label: string; readonly unit: FactUnit };

const fact = (id: `F${number}`, unit: FactUnit, label: string): FactDefinition => ({
  id: id as string as FactId,
  unit,
  label,
});

/**
 * Every fact there is, by machine name. Ids are never reused: memory, journals and models cite them. A new fact gets the next number.
 * `ratio` is a multiple (of the typical candle range, unless the label says of what); `score` counts standard deviations or votes.
 */
export const FACT_CATALOGUE = {
  return1: fact('F01', 'fraction', 'price change over the last candle'),
  return24: fact('F02', 'fraction', 'price change over 24 candles'),
  return168: fact('F03', 'fraction', 'price change over 168 candles'),
  atr14: fact('F04', 'fraction', 'typical candle range (ATR 14) as a share of price'),
  adx14: fact('F05', 'index', 'trend strength (ADX 14)'),
  plusDi14: fact('F06', 'index', 'upward movement (+DI 14)'),
  minusDi14: fact('F07', 'index', 'downward movement (-DI 14)'),
  bollingerWidth20: fact('F08', 'fraction', 'width of the Bollinger bands (20, 2) as a share of price'),
  bollingerWidthRank: fact('F09', 'fraction', 'share of past candles with narrower Bollinger bands'),
  rsi14: fact('F10', 'index', 'momentum (RSI 14)'),
  ema20Slope: fact('F11', 'ratio', 'slope of the 20-candle average, in ATRs a candle'),
  ema50Slope: fact('F12', 'ratio', 'slope of the 50-candle average, in ATRs a candle'),
  ema200Slope: fact('F13', 'ratio', 'slope of the 200-candle average, in ATRs a candle'),
  emaStack: fact('F14', 'score', 'order of price and its 20-, 50- and 200-candle averages, 1 rising to -1 falling'),
  volumeZ48: fact('F15', 'score', 'volume against the 48 candles before, in standard deviations'),
  drawdown168: fact('F16', 'fraction', 'fall from the highest price of 168 candles'),
  distanceHigh20: fact('F17', 'ratio', 'distance from the highest price of the 20 candles before, in ATRs'),
  distanceLow20: fact('F18', 'ratio', 'distance from the lowest price of the 20 candles before, in ATRs'),
  distanceHigh50: fact('F19', 'ratio', 'distance from the highest price of the 50 candles before, in ATRs'),
  distanceLow50: fact('F20', 'ratio', 'distance from the lowest price of the 50 candles before, in ATRs'),
  efficiency24: fact('F21', 'ratio', 'net distance as a share of the way walked over 24 candles'),
  efficiency168: fact('F22', 'ratio', 'net distance as a share of the way walked over 168 candles'),
  volatility24: fact('F23', 'fraction', 'realised volatility of a candle over 24 candles'),
  volatilityRatio: fact('F24', 'ratio', 'volatility of 24 candles as a multiple of its long-run level'),
  largestMove24: fact('F25', 'ratio', 'largest single-candle move of 24 candles, in ATRs before it'),
  zeroVolumeShare: fact('F26', 'fraction', 'share of the last 168 candles without any volume'),
  missingCandles: fact('F27', 'bars', 'candles missing from the record'),
  flatShare: fact('F28', 'fraction', 'share of the last 168 candles in which the price never moved'),
  range168: fact('F29', 'fraction', 'distance between highest and lowest price of 168 candles as a share of price'),
  drift168: fact('F30', 'score', 'price change over 168 candles, in standard deviations of a random walk'),
  macdHistogram: fact('F31', 'ratio', 'MACD (12, 26, 9) above its signal, in ATRs'),
  bollingerWidthRankBefore: fact('F32', 'fraction', 'share of past candles with narrower bands, 24 candles ago'),
  diBalance14: fact('F33', 'ratio', 'upward minus downward movement as a share of both (DI 14)'),
  bullishPatterns12: fact('F34', 'index', 'bullish patterns completed within 12 candles'),
  bearishPatterns12: fact('F35', 'index', 'bearish patterns completed within 12 candles'),
  patternBalance24: fact('F36', 'score', 'bullish minus bearish patterns of 24 candles, newer ones weighing more'),
  newestPatternSide: fact('F37', 'score', 'side of the newest pattern, 1 bullish to -1 bearish'),
  newestPatternAge: fact('F38', 'bars', 'age of the newest pattern'),
  chartPatternBalance48: fact('F39', 'score', 'bullish minus bearish chart patterns of 48 candles'),
  higherStack: fact('F40', 'score', 'order of price and its 20- and 50-candle averages on the next higher interval'),
  higherDrift60: fact(
    'F41',
    'score',
    'price change over 60 candles of the next higher interval, in standard deviations',
  ),
  higherAdx14: fact('F42', 'index', 'trend strength (ADX 14) on the next higher interval'),
  higherRsi14: fact('F43', 'index', 'momentum (RSI 14) on the next higher interval'),
  topStack: fact('F44', 'score', 'order of price and its 10- and 20-candle averages two intervals higher'),
  topDrift20: fact('F45', 'score', 'price change over 20 candles two intervals higher, in standard deviations'),
  intervalAgreement: fact('F46', 'score', 'direction of this and two higher intervals, 1 all rising to -1 all falling'),
  drift10: fact('F47', 'score', 'price change over 10 candles, in standard deviations of a random walk'),
  drift30: fact('F48', 'score', 'price change over 30 candles, in standard deviations of a random walk'),
  drift90: fact('F49', 'score', 'price change over 90 candles, in standard deviations of a random walk'),
  newsSentiment: fact('F50', 'score', 'tone of the news of two days, 1 good to -1 bad'),
  newsChange: fact('F51', 'score', 'tone of the news against the day before'),
  newsItems: fact('F52', 'count', 'news items of two days that count'),
  newsSources: fact('F53', 'count', 'sources of the news that counts'),
  fearGreed: fact('F54', 'index', 'Fear & Greed of the last completed day, 0 fear to 100 greed'),
  newsRisk: fact('F55', 'count', 'risk in the news, 0 low, 1 medium, 2 high'),
  newsEvent: fact('F56', 'score', 'newest event that two independent sources tell of, 1 good, -1 bad'),
} as const satisfies { readonly [name: string]: FactDefinition };

export type FactName = keyof typeof FACT_CATALOGUE;
