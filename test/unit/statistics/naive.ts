/** Deliberately simple second implementations: other algorithms, no sharing, slow where slow is plain. */
import { DAY } from '#test/support/equity-records.ts';

/** Sharpe ratio from the sum of all pairwise differences: n (n - 1) s^2 is half the sum of (x - y)^2 over ordered pairs. */
export function naiveSharpe(returns: readonly number[]): number {
  const n = returns.length;
  let pairs = 0;
  for (const x of returns) for (const y of returns) pairs += (x - y) ** 2;
  const deviation = Math.sqrt(pairs / (2 * n * (n - 1)));
  return returns.reduceRight((sum, x) => sum + x, 0) / n / deviation;
}

/** Deepest fall by looking at every pair of an earlier and a later mark. */
export function naiveDeepest(marks: readonly number[]): number {
  let deepest = 0;
  for (let from = 0; from < marks.length; from++) {
    for (let to = from + 1; to < marks.length; to++) {
      deepest = Math.max(deepest, ((marks[from] as number) - (marks[to] as number)) / (marks[from] as number));
    }
  }
  return deepest;
}

/** Longest time from a mark until it is reached again, or the end. */
export function naiveLongest(marks: readonly number[], times: readonly number[]): number {
  let longest = 0;
  for (let from = 0; from < marks.length; from++) {
    if (!((marks[from + 1] ?? Number.POSITIVE_INFINITY) < (marks[from] as number))) continue;
    let to = from + 1;
    while (to < marks.length - 1 && (marks[to] as number) < (marks[from] as number)) to++;
    longest = Math.max(longest, (times[to] as number) - (times[from] as number));
  }
  return longest;
}

/** Both ends of Wilson's interval as the roots of |share - p| = z sqrt(p (1 - p) / n), found by halving. */
export function naiveWilson(successes: number, n: number, z: number): readonly [number, number] {
  const share = successes / n;
  const outside = (p: number): boolean => Math.abs(share - p) > z * Math.sqrt((p * (1 - p)) / n);
  const root = (inside: number, end: number): number => {
    if (!outside(end)) return end;
    let [a, b] = [inside, end];
    for (let i = 0; i < 200; i++) {
      const middle = (a + b) / 2;
      if (outside(middle)) b = middle;
      else a = middle;
    }
    return a;
  };
  return [root(share, 0), root(share, 1)];
}

/** Phi by Simpson's rule over the density. */
export function naiveCdf(x: number): number {
  const steps = 20_000;
  const from = -12;
  const width = (x - from) / steps;
  const density = (at: number): number => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(from) + density(x);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 0 ? 2 : 4) * density(from + i * width);
  return (sum * width) / 3;
}

export function naiveQuantile(p: number): number {
  let [low, high] = [-12, 12];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (naiveCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Deflated Sharpe ratio written out from raw moments about zero. */
export function naiveDeflated(returns: readonly number[], trials: number, variance: number): number {
  const n = returns.length;
  const raw = (power: number): number => returns.reduce((sum, x) => sum + x ** power, 0) / n;
  const [a, b, c, d] = [raw(1), raw(2), raw(3), raw(4)];
  const second = b - a * a;
  const skew = (c - 3 * a * b + 2 * a ** 3) / second ** 1.5;
  const kurtosis = (d - 4 * a * c + 6 * a * a * b - 3 * a ** 4) / (second * second);
  const sharpe = a / Math.sqrt((second * n) / (n - 1));
  const gamma = 0.5772156649015329;
  const expected =
    Math.sqrt(variance) *
    ((1 - gamma) * naiveQuantile(1 - 1 / trials) + gamma * naiveQuantile(1 - 1 / (trials * Math.E)));
  const bracket = 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  return naiveCdf(((sharpe - expected) * Math.sqrt(n - 1)) / Math.sqrt(bracket));
}

/** PBO with explicit lists of returns, recursion for the choice of blocks, and ranks by counting pairs. */
export function naiveOverfitting(trials: readonly (readonly number[])[], blocks: number): number {
  const size = Math.floor((trials[0] as readonly number[]).length / blocks);
  const parts = trials.map((returns) => {
    const kept = returns.slice(returns.length - size * blocks);
    return Array.from({ length: blocks }, (_, block) => kept.slice(block * size, (block + 1) * size));
  });
  const choices: number[][] = [];
  const choose = (chosen: number[], next: number): void => {
    if (chosen.length === blocks / 2) choices.push(chosen);
    else for (let block = next; block < blocks; block++) choose([...chosen, block], block + 1);
  };
  choose([], 0);
  let overfitted = 0;
  for (const chosen of choices) {
    const score = (part: number[][], inside: boolean): number =>
      naiveSharpe(part.filter((_, block) => chosen.includes(block) === inside).flat());
    const inside = parts.map((part) => score(part, true));
    const winner = inside.indexOf(Math.max(...inside));
    const outside = parts.map((part) => score(part, false));
    const rank = 1 + outside.filter((other) => other < (outside[winner] as number)).length;
    if (rank / (trials.length + 1) <= 0.5) overfitted++;
  }
  return overfitted / choices.length;
}

/** Daily returns by walking over every day and looking for the last mark before its end. */
export function naiveDaily(
  startTime: number,
  startEquity: number,
  times: readonly number[],
  marks: readonly number[],
): readonly number[] {
  const ends: number[] = [];
  for (let at = Math.ceil(startTime / DAY) * DAY; at <= (times.at(-1) ?? -1); at += DAY) ends.push(at);
  const markAt = (at: number): number => {
    const before = times.filter((time) => time <= at).length;
    return before === 0 ? startEquity : (marks[before - 1] as number);
  };
  return ends.slice(1).map((end, i) => markAt(end) / markAt(ends[i] as number) - 1);
}
