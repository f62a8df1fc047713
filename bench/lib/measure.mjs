import { loadavg } from 'node:os';

/** Wall and processor time of one call, in milliseconds. */
export function timed(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { result, ms, cpuMs: (user + system) / 1000 };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

/** Median of the ratios of neighbours: a machine that slows down slows both of a pair. */
export const pairRatio = (a, b) => median(a.map((value, i) => value / b[i]));

/** More than one process wanted a processor before we began: times of this run are not to be quoted. */
export const isBusy = () => loadavg()[0] > 1;

export const round = (value, digits = 3) =>
  typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
