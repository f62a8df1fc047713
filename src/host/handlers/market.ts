import { readCandleColumns } from '#adapters/feed-file/file-feed.ts';
import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { chartIndicators } from '#core/context/chart-indicators.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { ManualDesk } from '#core/manual/manual-desk.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import type { AppHandlers, AppInput } from '#shared/contract/app-contract.ts';
import type { CycleView, FillView } from '#shared/contract/cycle.ts';
import type { CandleColumnsView, ChartView } from '#shared/contract/market.ts';
import { handLines, openLines, pastLines } from '../charts/chart-lines.ts';
import { createChartReader, READING_HISTORY } from '../charts/chart-reading.ts';
import { depthView } from '../charts/depth-view.ts';
import { quoteOf } from '../charts/quotes.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EngineParts } from '../parts.ts';

type MarketHandlers = Pick<
  AppHandlers,
  | 'market.chart'
  | 'market.indicators'
  | 'market.reading'
  | 'market.depth'
  | 'market.quotes'
  | 'market.instruments'
  | 'market.import'
>;

type Asked = Pick<AppInput<'market.chart'>, 'instrument' | 'interval' | 'cycle'>;
type Source = {
  readonly feed: MarketFeed;
  readonly instrument: Instrument;
  readonly interval: Interval;
  readonly source: string;
  readonly until: UnixMs;
};

/** Candles before the first one drawn: an average that remembers its beginning has forgotten it by then. */
const WARM_UP = 400;

const columnsOf = (candles: readonly ClosedCandle[]): CandleColumnsView => ({
  openTime: Float64Array.from(candles, (candle) => candle.openTime),
  open: Float64Array.from(candles, (candle) => candle.open),
  high: Float64Array.from(candles, (candle) => candle.high),
  low: Float64Array.from(candles, (candle) => candle.low),
  close: Float64Array.from(candles, (candle) => candle.close),
  volume: Float64Array.from(candles, (candle) => candle.volume),
});

type Page = { readonly candles: readonly ClosedCandle[]; readonly on: (fill: FillView) => boolean };

/** The newest candles that are known, or the newest before a moment; `on` says whether a fill happened on them. */
function pageOf({ feed, instrument, interval, until }: Source, limit: number, before: number | undefined): Page {
  const end = unixMs(Math.min(until, before ?? until));
  // Nothing closed by then: the market begins later.
  if (before !== undefined && end < feed.span(instrument.id, interval).first) return { candles: [], on: () => false };
  const { candles } = feed.history(instrument.id, interval, end, limit).series;
  const first = candles[0]?.openTime ?? until;
  return { candles, on: ({ ts }) => ts >= first && (before === undefined || ts < before) };
}

/** The newest moment of the market that a run tells of. */
const newestOf = ({ at, startedAt, decisions, fills }: CycleView): number =>
  Math.max(at ?? startedAt, ...[...decisions, ...fills].map(({ ts }) => ts));

const markersOf = (fills: readonly FillView[]): ChartView['markers'] =>
  fills.map(({ ts, side, purpose, price, quantity, agentId }) => ({ ts, side, purpose, price, quantity, agentId }));

export function createMarketHandlers(
  parts: EngineParts,
  runner: CycleRunner,
  standingFills: () => readonly FillView[],
  byHand: () => ManualDesk,
): MarketHandlers {
  const { instruments, market, storage } = parts;
  const read = createChartReader();
  const simulated = `simulated market, seed ${market.seed}`;

  /** Where the candles of a request come from, and up to when they are known. */
  const sourceOf = ({ instrument: symbol, interval, cycle }: Asked): Source => {
    if (cycle === undefined) {
      const instrument = instrumentFor(symbol, instruments);
      return {
        feed: market.feed,
        instrument,
        interval: interval ?? '1m',
        source: simulated,
        until: market.clock.now(),
      };
    }
    const view = runner.view(cycle);
    // The simulated market makes the same candles again, so those of a run before this start are at hand as well.
    const again =
      view.marketSource === simulated
        ? { feed: market.feed, instrument: instrumentFor(view.instrument, instruments) }
        : undefined;
    const found = runner.marketOf(cycle) ?? again;
    if (found === undefined) {
      throw new Fault(
        'not_found',
        `the candles of cycle ${cycle} are not at hand any more`,
        'run it again, or look at the market itself',
      );
    }
    const until = unixMs(runner.live(cycle)?.records().at(-1)?.ts ?? newestOf(view));
    return { ...found, interval: view.interval, source: view.marketSource, until };
  };
  const candlesOf = ({ feed, instrument, interval, until }: Source, count: number): readonly ClosedCandle[] =>
    feed.history(instrument.id, interval, until, count).series.candles;

  const chartOf = (asked: AppInput<'market.chart'>): ChartView => {
    const from = sourceOf(asked);
    const { candles, on } = pageOf(from, asked.limit, asked.before);
    const what = {
      instrument: from.instrument.symbol,
      interval: from.interval,
      source: from.source,
      columns: columnsOf(candles),
      priceDecimals: from.instrument.tickSize.scale,
      asOf: from.until,
    };
    if (asked.cycle !== undefined) {
      const view = runner.view(asked.cycle);
      const lines = view.state === 'running' ? openLines(view) : pastLines(view);
      return {
        ...what,
        markers: markersOf(asked.before === undefined ? view.fills : view.fills.filter(on)),
        lines: [...lines],
      };
    }
    const hand = byHand();
    const fills = standingFills().filter((fill) => fill.instrument === what.instrument && on(fill));
    const running = runner.running().map((live) => live.view());
    const here = running.filter((view) => view.instrument === what.instrument && view.marketSource === what.source);
    const lines = [...here.flatMap(openLines), ...handLines(hand, from.instrument.id)];
    return { ...what, markers: markersOf(fills), lines };
  };

  return {
    'market.chart': chartOf,
    'market.indicators'(asked) {
      const from = sourceOf(asked);
      const { instrument, interval, until } = from;
      const candles = candlesOf(from, asked.limit + WARM_UP);
      const first = Math.max(0, candles.length - asked.limit);
      return {
        instrument: instrument.symbol,
        interval,
        openTime: Float64Array.from(candles.slice(first), ({ openTime }) => openTime),
        series: chartIndicators(candles, asked.indicators).map(({ id, place, lines }) => ({
          id,
          place,
          lines: lines.map(({ name, style, values }) => ({ name, style, values: values.slice(first) })),
        })),
        asOf: until,
      };
    },
    'market.reading'(asked) {
      const from = sourceOf(asked);
      const { instrument, interval, source, until } = from;
      const candles = candlesOf(from, asked.limit + READING_HISTORY);
      const reading = read({ instrumentId: instrument.id, interval, source, candles }, asked.limit);
      return { instrument: instrument.symbol, interval, ...reading, asOf: until };
    },
    'market.depth'({ cycle }) {
      if (cycle === undefined) return { kind: 'none', why: 'simulated' };
      const view = runner.view(cycle);
      const depth = runner.marketOf(cycle)?.depth;
      return depthView(view, depth);
    },
    'market.quotes': () => instruments.map((instrument) => quoteOf(instrument, market)),
    'market.instruments': () =>
      instruments.map((instrument) => ({
        symbol: instrument.symbol,
        venue: instrument.venue,
        tickSize: formatDecimal(instrument.tickSize),
        lotSize: formatDecimal(instrument.lotSize),
        minNotional: formatDecimal(instrument.minNotional),
      })),
    'market.import'({ path, instrument: symbol, interval, revise = false }) {
      const instrument = instrumentFor(symbol, instruments);
      const { columns, gaps } = readCandleColumns(path, interval);
      const options = revise ? { revise: { at: unixMs(Date.now()) } } : {};
      const { added, known, revised } = storage.candles.putColumns(instrument.id, columns, options);
      return {
        instrument: symbol,
        interval,
        candles: columns.length,
        added,
        known,
        revised,
        gaps: [...gaps],
        firstOpen: columns.openTime[0] ?? 0,
        lastOpen: columns.openTime.at(-1) ?? 0,
      };
    },
  };
}
