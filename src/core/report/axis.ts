import { day } from './figure-text.ts';

export type Axis = {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
};

/** Round numbers (1, 2, 5 times a power of ten) that cover the values with about `wanted` steps. */
export function numberAxis(low: number, high: number, wanted: number, text: (value: number) => string): Axis {
  const [from, to] =
    high > low ? [low, high] : [low - Math.max(1e-9, Math.abs(low) * 0.01), low + Math.max(1e-9, Math.abs(low) * 0.01)];
  const rough = (to - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const [first, last] = [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => {
    // Steps below one are divided and not multiplied: 3 * 0.1 prints as 0.30000000000000004.
    const at = step < 1 ? (first + i) / Math.round(1 / step) : (first + i) * step;
    return { at, text: text(at) };
  });
  return { from: ticks[0]?.at ?? from, to: ticks.at(-1)?.at ?? to, ticks };
}

const DAY_MS = 86_400_000;

/** About `wanted` UTC days, evenly apart. */
export function timeAxis(from: number, to: number, wanted: number): Axis {
  const step = Math.max(1, Math.ceil((to - from) / DAY_MS / wanted));
  const first = Math.ceil(from / DAY_MS);
  const ticks: { at: number; text: string }[] = [];
  for (let date = first; date * DAY_MS <= to; date += step) ticks.push({ at: date * DAY_MS, text: day(date * DAY_MS) });
  return { from, to: Math.max(to, from + 1), ticks };
}
