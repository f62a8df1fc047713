import { type Decimal, formatDecimal } from '#core/domain/decimal.ts';
import type { UnixMs } from '#core/domain/ids.ts';

export type EquityPoint = { readonly ts: number; readonly equity: string };

/** Equity over time for the screens, thinned to a bounded number of points. Older points lose resolution, never their ends. */
export type EquityCurve = {
  add(ts: UnixMs, equity: Decimal): void;
  /** Forgets all points: the account begins anew. */
  clear(): void;
  points(): readonly EquityPoint[];
};

const MOST_POINTS = 600;

export function createEquityCurve(): EquityCurve {
  let points: EquityPoint[] = [];
  return {
    add(ts, equity) {
      const point = { ts, equity: formatDecimal(equity) };
      const last = points.at(-1);
      if (last !== undefined && last.ts >= ts) points[points.length - 1] = point;
      else points.push(point);
      if (points.length > MOST_POINTS)
        points = points.filter((_, index) => index % 2 === 0 || index === points.length - 1);
    },
    clear() {
      points = [];
    },
    points: () => points,
  };
}
