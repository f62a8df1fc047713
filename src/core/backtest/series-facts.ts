import type { SharedColumns } from '../agent/column-plan.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { sliceByTime } from '../market/candle-columns.ts';
import { finestStep } from '../market/price-ticks.ts';
import type { CandleColumns } from '../market/types.ts';
import { checkSeries } from './check-series.ts';
import type { ViewColumns } from './series-view.ts';
import { sharedColumns } from './shared-columns.ts';
import type { BacktestGaps, BacktestSeries } from './types.ts';
import { viewColumns } from './view-columns.ts';

/** What a run has to know of its candles and what does not depend on its parameters. Each throws what a run throws for bad candles. */
export type SeriesFacts = {
  readonly part: (columns: CandleColumns, from: UnixMs | undefined, until: UnixMs | undefined) => CandleColumns;
  readonly gaps: (series: BacktestSeries) => BacktestGaps;
  readonly step: (columns: CandleColumns) => Decimal;
  readonly hasVolume: (columns: CandleColumns) => boolean;
  readonly view: (series: BacktestSeries, tick: Decimal) => ViewColumns;
  /** Columns from which strategies are planned ahead; undefined unless many runs share them. */
  readonly shared: ((view: ViewColumns) => SharedColumns | undefined) | undefined;
};

/** Worked out anew by each run. */
export const FRESH_FACTS: SeriesFacts = {
  part: sliceByTime,
  gaps: ({ instrumentId, columns }) => checkSeries(columns, `${instrumentId} ${columns.interval}`),
  step: finestStep,
  hasVolume: ({ volume }) => volume.some((one) => one > 0),
  view: viewColumns,
  shared: undefined,
};

/** Parts of the same candles that are kept: a search plays one, a walk forward two at a time. */
const PARTS_KEPT = 4;

/**
 * Facts that are worked out once for all runs over the same candles. Candles are told apart by their columns object, which nobody may
 * write any more. Refusals are not kept: the next run finds them again.
 */
export function keepFacts(): SeriesFacts {
  const parts: { readonly columns: CandleColumns; readonly key: string; readonly part: CandleColumns }[] = [];
  const gaps = new WeakMap<CandleColumns, BacktestGaps>();
  const steps = new WeakMap<CandleColumns, Decimal>();
  const volumes = new WeakMap<CandleColumns, boolean>();
  const views = new WeakMap<CandleColumns, Map<string, ViewColumns>>();
  const shared = new WeakMap<ViewColumns, { readonly columns: SharedColumns | undefined }>();
  return {
    part(columns, from, until) {
      const key = `${from} ${until}`;
      const known = parts.find((one) => one.columns === columns && one.key === key);
      if (known !== undefined) return known.part;
      const part = FRESH_FACTS.part(columns, from, until);
      parts.unshift({ columns, key, part });
      parts.length = Math.min(parts.length, PARTS_KEPT);
      return part;
    },
    gaps: (series) => once(gaps, series.columns, () => FRESH_FACTS.gaps(series)),
    step: (columns) => once(steps, columns, () => FRESH_FACTS.step(columns)),
    hasVolume: (columns) => once(volumes, columns, () => FRESH_FACTS.hasVolume(columns)),
    view(series, tick) {
      const ofColumns = once(views, series.columns, () => new Map<string, ViewColumns>());
      const key = `${series.instrumentId} ${tick.units} ${tick.scale}`;
      const known = ofColumns.get(key);
      if (known !== undefined) return known;
      const view = FRESH_FACTS.view(series, tick);
      ofColumns.set(key, view);
      return view;
    },
    shared: (view) => once(shared, view, () => ({ columns: sharedColumns(view) })).columns,
  };
}

function once<K extends object, V extends object | boolean>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
