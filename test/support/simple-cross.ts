/**
 * The crossover of two simple averages once more, deliberately simple and slow: integers of any size, every average summed anew, nothing
 * remembered but the sign. It shares no code with the product and is written after the family's rules, not after its code.
 */
export type SimpleCandle = { readonly open: bigint; readonly close: bigint };

export type SimpleCross = {
  readonly trades: readonly { readonly entry: number; readonly exit: number }[];
  readonly holds: boolean;
  /** In units of a tick x 10^-6. */
  readonly equity: bigint;
  readonly fees: bigint;
};

const FEE_UNITS = 1_000_000n;

/** `feeHundredths`: hundredths of a basis point. `cash` in whole ticks. */
export function simpleCross(
  candles: readonly SimpleCandle[],
  fast: number,
  slow: number,
  feeHundredths: bigint,
  cash: bigint,
): SimpleCross {
  const average = (at: number, length: number): { readonly sum: bigint; readonly length: bigint } => ({
    sum: candles.slice(at - length + 1, at + 1).reduce((sum, { close }) => sum + close, 0n),
    length: BigInt(length),
  });
  const above = (at: number): number => {
    const [f, s] = [average(at, fast), average(at, slow)];
    const difference = f.sum * s.length - s.sum * f.length;
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  };
  const trades: { readonly entry: number; readonly exit: number }[] = [];
  let money = cash * FEE_UNITS;
  let fees = 0n;
  let entry: number | undefined;
  let sign: number | undefined;
  for (let at = slow - 1; at < candles.length; at++) {
    const now = above(at);
    const [before, next] = [sign, candles[at + 1]];
    if (before === undefined) sign = now;
    else if (now !== 0) {
      sign = now;
      if (now !== before && next !== undefined) {
        const fee = next.open * feeHundredths;
        if (now > 0 && entry === undefined) {
          money -= next.open * FEE_UNITS + fee;
          fees += fee;
          entry = at + 1;
        } else if (now < 0 && entry !== undefined) {
          money += next.open * FEE_UNITS - fee;
          fees += fee;
          trades.push({ entry, exit: at + 1 });
          entry = undefined;
        }
      }
    }
  }
  const last = candles.at(-1)?.close ?? 0n;
  return { trades, holds: entry !== undefined, equity: money + (entry === undefined ? 0n : last * FEE_UNITS), fees };
}
