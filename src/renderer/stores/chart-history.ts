import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppEvent } from '#shared/contract/app-contract.ts';
import type { ChartView } from '#shared/contract/market.ts';
import { type ViewError, viewError } from './loaded.ts';
import type { MarketSelection } from './market-store.ts';

/** Floats for drawing. */
export type PastCandle = Omit<AppEvent<'market.candle'>, 'instrument' | 'interval'>;

/** What was loaded of the time before the chart's own candles, oldest first and without a gap up to them. */
export type HistoryState = {
  readonly candles: readonly PastCandle[];
  readonly markers: ChartView['markers'];
  /** The market begins with the first candle that is known, or more are kept by nobody. */
  readonly complete: boolean;
  readonly error: ViewError | null;
};

export type ChartHistory = StoreApi<HistoryState> & {
  /** Loads the page before the oldest candle that is known; does nothing while one is on its way or none is left. */
  loadEarlier(): Promise<void>;
  /** Another market is shown. */
  clear(): void;
  /** The chart was loaded anew and begins later: what it lost stays here, unless there would be a gap. */
  follow(before: ChartView, live: readonly PastCandle[], now: ChartView): void;
};

const PAGE = 5_000;
/** After a failure the reader's next move asks again, but not each of its frames. */
const AGAIN_MS = 3_000;
/** Some 20 MB of the page; past that the reader has to choose a longer interval. */
const MOST = 150_000;

const NOTHING: HistoryState = { candles: [], markers: [], complete: false, error: null };

/** Columns as rows. */
export const rowsOf = ({ columns }: ChartView): readonly PastCandle[] => {
  const { openTime, open, high, low, close, volume } = columns;
  return Array.from(openTime, (time, index) => ({
    openTime: time,
    open: open[index] ?? 0,
    high: high[index] ?? 0,
    low: low[index] ?? 0,
    close: close[index] ?? 0,
    volume: volume[index] ?? 0,
  }));
};

/** The pages before a chart, loaded as the reader moves toward the past. `shown` is the chart as it was loaded last. */
export function createChartHistory(
  client: AppClient,
  shown: () => ChartView | null,
  selection: () => MarketSelection,
): ChartHistory {
  const store = createStore<HistoryState>(() => NOTHING);
  /** Counts the markets that were shown: the answer to a question about an earlier one is dropped. */
  let turn = 0;
  let busy = false;
  let notBefore = 0;

  const loadEarlier = async (): Promise<void> => {
    const { candles, complete } = store.getState();
    const chart = shown();
    const before = candles[0]?.openTime ?? chart?.columns.openTime[0];
    if (busy || complete || chart === null || before === undefined || performance.now() < notBefore) return;
    const mine = turn;
    const { cycle } = selection();
    busy = true;
    try {
      const page = await client.invoke('market.chart', {
        instrument: chart.instrument,
        interval: chart.interval,
        limit: PAGE,
        before,
        ...(cycle === null ? {} : { cycle }),
      });
      const known = store.getState();
      // The chart may have been loaded anew meanwhile; then this page no longer ends where it begins.
      if (mine !== turn || before !== (known.candles[0]?.openTime ?? shown()?.columns.openTime[0])) return;
      const rows = rowsOf(page).concat(known.candles);
      const markers = page.markers.concat(known.markers);
      store.setState({
        candles: rows,
        markers,
        complete: page.columns.openTime.length < PAGE || rows.length >= MOST,
        error: null,
      });
    } catch (thrown) {
      if (mine !== turn) return;
      notBefore = performance.now() + AGAIN_MS;
      store.setState({ error: viewError(thrown) });
    } finally {
      if (mine === turn) busy = false;
    }
  };

  const clear = (): void => {
    turn += 1;
    busy = false;
    store.setState(NOTHING);
  };

  return {
    ...store,
    loadEarlier,
    clear,
    follow(before, live, now) {
      const { candles, markers, complete } = store.getState();
      if (candles.length === 0) return;
      const first = now.columns.openTime[0] ?? 0;
      const known = candles.concat(rowsOf(before), live);
      const next = known.findIndex(({ openTime }) => openTime >= first);
      // Closed while nothing was heard: the candles between are not known.
      if (next < 0) return clear();
      const kept = known.slice(Math.max(0, next - MOST), next);
      const past = before.markers.filter(({ ts }) => ts < first);
      store.setState({ candles: kept, markers: markers.concat(past), complete });
    },
  };
}
