import type { AppClient, AppOutput } from '#shared/contract/app-contract.ts';
import type { DepthView, QuoteView, ReadingView } from '#shared/contract/market.ts';
import { preferenceStore } from '../app/preferences.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';
import type { MarketStore } from './market-store.ts';

type IndicatorsView = AppOutput<'market.indicators'>;

/** What the chart draws without asking: its own pane of volume, and the bands of the reading. */
export const DRAWN_HERE: readonly string[] = ['volume', 'regime'];
export const computed = (chosen: readonly string[]): readonly string[] =>
  chosen.filter((one) => !DRAWN_HERE.includes(one));

/** What stands around the candles: computed by the engine, never here. */
export type ChartExtrasStore = {
  /** Null where none is chosen. */
  readonly indicators: LoadedStore<IndicatorsView | null>;
  readonly reading: LoadedStore<ReadingView>;
  readonly quotes: LoadedStore<readonly QuoteView[]>;
  readonly depth: LoadedStore<DepthView>;
  /** Keeps them up with the chart while somebody looks; answers how to stop. */
  watch(): () => void;
};

/** The most that is asked for. */
const MOST = 5_000;
/** A market that runs fast closes ten candles a second; nobody reads an average so often. */
const PAUSE_MS = 1_000;

export function createChartExtrasStore(client: AppClient, market: MarketStore): ChartExtrasStore {
  const asked = () => {
    const { selection, live } = market.getState();
    const shown = market.chart.getState().data;
    const { instrument, cycle } = selection;
    const interval = selection.interval ?? shown?.interval;
    return {
      instrument,
      limit: Math.min(
        MOST,
        Math.max(1, market.history.getState().candles.length + (shown?.columns.openTime.length ?? 1) + live.length),
      ),
      ...(interval === undefined ? {} : { interval }),
      ...(cycle === null ? {} : { cycle }),
    };
  };
  const indicators = loadedStore<IndicatorsView | null>(async () => {
    const chosen = computed(preferenceStore.getState().chartIndicators);
    return chosen.length === 0 ? null : client.invoke('market.indicators', { ...asked(), indicators: [...chosen] });
  });
  const reading = loadedStore<ReadingView>(() => client.invoke('market.reading', asked()));
  const quotes = loadedStore<readonly QuoteView[]>(() => client.invoke('market.quotes', {}));

  const depth = loadedStore<DepthView>(() => {
    const { cycle } = market.getState().selection;
    return client.invoke('market.depth', cycle === null ? {} : { cycle });
  });

  let watchers = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: () => void = () => {};
  const refresh = (): void => {
    timer = undefined;
    void quotes.refresh();
    void depth.refresh();
    if (market.chart.getState().data === null) return;
    void indicators.refresh();
    void reading.refresh();
  };
  const soon = (): void => {
    timer ??= setTimeout(refresh, PAUSE_MS);
  };
  const now = (): void => {
    clearTimeout(timer);
    refresh();
  };
  const start = (): void => {
    const offs = [
      market.chart.subscribe((after, before) => {
        if (after.data !== before.data) now();
      }),
      market.subscribe((after, before) => {
        if (after.live !== before.live && after.live.length > 0) soon();
      }),
      market.history.subscribe((after, before) => {
        if (after.candles !== before.candles) soon();
      }),
      preferenceStore.subscribe((after, before) => {
        if (after.chartIndicators !== before.chartIndicators) void indicators.refresh();
      }),
    ];
    // A book moves without any candle.
    const book = setInterval(() => {
      if (depth.getState().data?.kind === 'book') void depth.refresh();
    }, PAUSE_MS);
    stop = () => {
      clearInterval(book);
      clearTimeout(timer);
      timer = undefined;
      for (const off of offs) off();
    };
    refresh();
  };
  return {
    indicators,
    reading,
    quotes,
    depth,
    watch() {
      watchers += 1;
      if (watchers === 1) start();
      return () => {
        watchers -= 1;
        if (watchers === 0) stop();
      };
    },
  };
}
