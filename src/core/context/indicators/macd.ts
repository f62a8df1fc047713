import { checkPeriod } from './check-period.ts';
import { createEma, emaFrom } from './ema.ts';
import { undefinedUntil } from './undefined-until.ts';

export type Macd = { readonly line: Float64Array; readonly signal: Float64Array; readonly histogram: Float64Array };
export type MacdReading = { readonly line: number; readonly signal: number; readonly histogram: number };

function check(fast: number, slow: number, signal: number): void {
  checkPeriod('macd fast', fast, 2);
  checkPeriod('macd slow', slow, fast + 1);
  checkPeriod('macd signal', signal, 1);
}

/**
 * Moving average convergence/divergence: fast EMA minus slow EMA, its own EMA as the signal, and their difference. All three lines
 * start together at index slow + signal - 2. Both averages start at index slow - 1, so the fast one is seeded with the last `fast`
 * values before it; seeding it earlier gives other numbers for hundreds of candles.
 */
export function macd(values: Float64Array, fast: number, slow: number, signal: number, into?: Macd): Macd {
  check(fast, slow, signal);
  const line = emaFrom(values, fast, slow - fast, into?.line);
  // The room of the histogram holds the slow average until the histogram is written.
  const slowEma = emaFrom(values, slow, 0, into?.histogram);
  for (let i = slow - 1; i < line.length; i++) line[i] = (line[i] as number) - (slowEma[i] as number);
  const signalLine = emaFrom(line, signal, slow - 1, into?.signal);
  const first = slow + signal - 2;
  line.fill(Number.NaN, 0, first);
  const histogram = undefinedUntil(values.length, first, slowEma);
  for (let i = first; i < values.length; i++) histogram[i] = (line[i] as number) - (signalLine[i] as number);
  return { line, signal: signalLine, histogram };
}

export function createMacd(fast: number, slow: number, signal: number): { next(value: number): MacdReading } {
  check(fast, slow, signal);
  const fastEma = createEma(fast);
  const slowEma = createEma(slow);
  const signalEma = createEma(signal);
  let seen = 0;
  return {
    next(value) {
      seen++;
      const quick = seen > slow - fast ? fastEma.next(value) : Number.NaN;
      const line = quick - slowEma.next(value);
      const smooth = seen >= slow ? signalEma.next(line) : Number.NaN;
      if (seen < slow + signal - 1) return { line: Number.NaN, signal: Number.NaN, histogram: Number.NaN };
      return { line, signal: smooth, histogram: line - smooth };
    },
  };
}
