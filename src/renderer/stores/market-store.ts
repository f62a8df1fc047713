import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppEvent, AppOutput } from '#shared/contract/app-contract.ts';
import type { ChartView } from '#shared/contract/market.ts';
import { type ChartHistory, createChartHistory } from './chart-history.ts';
import { frameBatch } from './frame-batch.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type LiveCandle = AppEvent<'market.candle'>;
export type InstrumentView = AppOutput<'market.instruments'>[number];
export type IntervalName = LiveCandle['interval'];

export type MarketSelection = {
  readonly instrument: string;
  /** Null: the interval of the engine's choice. */
  readonly interval: IntervalName | null;
  /** A cycle whose market is shown; null: the running market. */
  readonly cycle: number | null;
};

/** Candles that closed after the chart was loaded, oldest first. */
export type MarketState = { readonly selection: MarketSelection; readonly live: readonly LiveCandle[] };

export type MarketStore = StoreApi<MarketState> & {
  readonly chart: LoadedStore<ChartView>;
  /** What was loaded of the time before the chart. */
  readonly history: ChartHistory;
  readonly instruments: LoadedStore<readonly InstrumentView[]>;
  select(change: Partial<MarketSelection>): void;
  dispose(): void;
};

const CANDLES = 500;
/** More live candles than this since the last load: load again, so that memory stays flat over days. */
const LIVE_LIMIT = 2000;

export function createMarketStore(client: AppClient): MarketStore {
  const store = createStore<MarketState>(() => ({
    selection: { instrument: 'BTC/USDT', interval: null, cycle: null },
    live: [],
  }));
  const instruments = loadedStore<readonly InstrumentView[]>(() => client.invoke('market.instruments', {}));
  const chart = loadedStore<ChartView>(async () => {
    const { instrument, interval, cycle } = store.getState().selection;
    const view = await client.invoke('market.chart', {
      instrument,
      limit: CANDLES,
      ...(interval === null ? {} : { interval }),
      ...(cycle === null ? {} : { cycle }),
    });
    const before = chart.getState().data;
    if (before !== null && before.instrument === view.instrument && before.interval === view.interval)
      history.follow(before, store.getState().live, view);
    const last = view.columns.openTime.at(-1) ?? 0;
    store.setState({ live: store.getState().live.filter((candle) => candle.openTime > last) });
    return view;
  });

  const history = createChartHistory(
    client,
    () => chart.getState().data,
    () => store.getState().selection,
  );

  const batch = frameBatch<LiveCandle>((arrived) => {
    const shown = chart.getState().data;
    const { selection, live } = store.getState();
    if (shown === null || selection.cycle !== null) return;
    const lastShown = live.at(-1)?.openTime ?? shown.columns.openTime.at(-1) ?? 0;
    const fitting = arrived.filter(
      (candle) =>
        candle.instrument === shown.instrument && candle.interval === shown.interval && candle.openTime > lastShown,
    );
    if (fitting.length === 0) return;
    store.setState({ live: [...live, ...fitting] });
    if (live.length + fitting.length > LIVE_LIMIT) void chart.refresh();
  });
  const off = client.on('market.candle', batch.push);

  return {
    ...store,
    chart,
    history,
    instruments,
    select(change) {
      const selection = { ...store.getState().selection, ...change };
      store.setState({ selection, live: [] });
      history.clear();
      void chart.refresh();
    },
    dispose() {
      off();
      batch.cancel();
    },
  };
}
