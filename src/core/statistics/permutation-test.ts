import type { Rng } from '../kernel/rng.ts';
import { ENOUGH_ENTRIES } from './benchmarks.ts';
import { type Estimate, estimated, notEnough, undefinable } from './figure.ts';
import { type HeldPosition, inOrder, placeAtRandom, shuffle } from './placement.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * Chance that entries made at random would have gained as much: the positions keep their number, lengths and directions and are laid
 * anew over the same prices. Statistic: sum of log(price at exit / price at entry), signed by direction; costs are the same for every
 * arrangement and cancel. p = (1 + arrangements at least as good) / (1 + arrangements) (B. Phipson and G. Smyth 2010), never zero.
 * The interval is that of the count of arrangements (Wilson): how exactly p is known, not how strong the evidence is.
 *
 * `prices` are those at which the positions could be entered and left (the opens); `exit` indexes into them.
 */
export function permutationOfEntries(
  prices: Float64Array,
  positions: readonly HeldPosition[],
  rng: Rng,
  runs = 999,
): Estimate {
  if (!(Number.isSafeInteger(runs) && runs >= 99)) throw new RangeError(`at least 99 arrangements are needed: ${runs}`);
  if (positions.length < ENOUGH_ENTRIES) return notEnough(positions.length, ENOUGH_ENTRIES, 'trades');
  for (const [i, { entry, exit }] of positions.entries()) {
    if (!(Number.isSafeInteger(entry) && entry >= 0 && exit > entry && exit < prices.length))
      throw new RangeError(`position ${i} lies outside of the prices: ${entry} to ${exit} of ${prices.length}`);
  }
  const logs = prices.map(Math.log);
  const slotLengths = Int32Array.from(positions, ({ entry, exit }) => exit - entry);
  const signs = Int8Array.from(positions, ({ direction }) => (direction === 'long' ? 1 : -1));
  const order = inOrder(positions.length);
  const lengths = Int32Array.from(slotLengths);
  const gain = (entries: Int32Array): number => {
    let total = 0;
    for (let i = 0; i < order.length; i++) {
      const entry = entries[i] as number;
      const sign = signs[order[i] as number] as number;
      total += sign * ((logs[entry + (lengths[i] as number)] as number) - (logs[entry] as number));
    }
    return total;
  };
  const own = gain(Int32Array.from(positions, ({ entry }) => entry));
  let atLeast = 0;
  for (let run = 0; run < runs; run++) {
    shuffle(order, rng);
    for (let i = 0; i < order.length; i++) lengths[i] = slotLengths[order[i] as number] as number;
    const entries = placeAtRandom(lengths, prices.length - 1, rng);
    if (entries === undefined) return undefinable('the positions overlap in time');
    if (gain(entries) >= own) atLeast++;
  }
  const { low, high } = wilsonInterval(atLeast + 1, runs + 1);
  return estimated((atLeast + 1) / (runs + 1), positions.length, low, high, `${runs} random arrangements`);
}
