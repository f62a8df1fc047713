import { compare, type Decimal, isNegative, isPositive, ONE, parseDecimal, subtract, sum } from '../domain/decimal.ts';
import { Fault } from '../kernel/fault.ts';

/** Target weights as they are recorded: instruments by symbol, all as fractions in plain decimal text. */
export type TargetText = {
  readonly weights: Readonly<Record<string, string>>;
  readonly band: string;
  /** In the quote asset. */
  readonly minNotional: string;
  /** How far below its price a purchase is given up: a fraction of the price. */
  readonly stop: string;
};

export type Targets = {
  readonly weights: ReadonlyMap<string, Decimal>;
  /** What the weights leave. */
  readonly cash: Decimal;
  readonly band: Decimal;
  readonly minNotional: Decimal;
  readonly stop: Decimal;
};

/** With a narrower band the costs of trading would move what they are to put right. */
const LEAST_BAND = parseDecimal('0.005');
const HALF = parseDecimal('0.5');

/** Reads targets. Throws Fault `refused` that names what is out of its bounds. */
export function parseTargets({ weights, ...text }: TargetText): Targets {
  const refuse = (what: string, remedy: string): never => {
    throw new Fault('refused', what, remedy);
  };
  const read = new Map(Object.entries(weights).map(([symbol, weight]) => [symbol, parseDecimal(weight)]));
  for (const [symbol, weight] of read)
    if (isNegative(weight)) refuse(`the weight of ${symbol} is below zero`, 'give a fraction from 0 to 1');
  const cash = subtract(ONE, sum(read.values()));
  if (isNegative(cash)) refuse('the weights are more than the whole', 'let them add up to 1 at most; the rest is cash');
  const [band, minNotional, stop] = [text.band, text.minNotional, text.stop].map(parseDecimal) as [
    Decimal,
    Decimal,
    Decimal,
  ];
  if (compare(band, LEAST_BAND) < 0 || compare(band, HALF) > 0)
    refuse(`a band of ${text.band} is not possible`, 'give a fraction from 0.005 to 0.5');
  if (!isPositive(stop) || compare(stop, HALF) > 0)
    refuse(`a stop of ${text.stop} is not possible`, 'give a fraction of the price above 0 and up to 0.5');
  if (isNegative(minNotional)) refuse('the least trade is below zero', 'give an amount of 0 or more');
  return { weights: read, cash, band, minNotional, stop };
}
