import { readCandleColumns } from '#adapters/feed-file/file-feed.ts';
import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers, AppInput } from '#shared/contract/app-contract.ts';
import type { CycleView, FillView } from '#shared/contract/cycle.ts';
import type { CandleColumnsView, ChartView } from '#shared/contract/market.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EngineParts } from '../parts.ts';

type MarketHandlers = Pick<AppHandlers, 'market.chart' | 'market.instruments' | 'market.import'>;

const columnsOf = (candles: readonly ClosedCandle[]): CandleColumnsView => ({
  openTime: Float64Array.from(candles, (candle) => candle.openTime),
  open: Float64Array.from(candles, (candle) => candle.open),
  high: Float64Array.from(candles, (candle) => candle.high),
  low: Float64Array.from(candles, (candle) => candle.low),
  close: Float64Array.from(candles, (candle) => candle.close),
  volume: Float64Array.from(candles, (candle) => candle.volume),
});

const markersOf = (fills: readonly FillView[]): ChartView['markers'] =>
  fills.map(({ ts, side, purpose, price, quantity, agentId }) => ({ ts, side, purpose, price, quantity, agentId }));

/** Entry of the open position and the protection that rests for it. */
function linesOf(view: CycleView): ChartView['lines'] {
  if (view.agentId === null) return [];
  const { agentId } = view;
  const resting = view.orders.filter((order) => order.status === 'accepted' && order.price !== undefined);
  const protection = resting.flatMap((order) =>
    (order.purpose === 'stop' || order.purpose === 'target') && order.price !== undefined
      ? [{ kind: order.purpose, price: order.price, agentId }]
      : [],
  );
  const entry = view.fills.find((fill) => fill.purpose === 'entry');
  return entry === undefined || protection.length === 0
    ? []
    : [{ kind: 'entry', price: entry.price, agentId }, ...protection];
}

/** Lines of a finished cycle: what was planned, so that its chart can still be read. */
function plannedLines(view: CycleView): ChartView['lines'] {
  const entry = view.fills.find((fill) => fill.purpose === 'entry');
  if (entry === undefined) return [];
  const planned = view.orders.flatMap((order) =>
    (order.purpose === 'stop' || order.purpose === 'target') && order.price !== undefined
      ? [{ kind: order.purpose, price: order.price, agentId: order.agentId }]
      : [],
  );
  return [{ kind: 'entry', price: entry.price, agentId: entry.agentId }, ...planned];
}

export function createMarketHandlers(
  parts: EngineParts,
  runner: CycleRunner,
  standingFills: () => readonly FillView[],
): MarketHandlers {
  const { instruments, market, storage } = parts;

  const chartOfCycle = (cycle: number, limit: number): ChartView => {
    const view = runner.view(cycle);
    const market = runner.marketOf(cycle);
    if (market === undefined) {
      throw new Fault(
        'not_found',
        `the candles of cycle ${cycle} are not at hand any more`,
        'run it again, or look at the market itself',
      );
    }
    const { feed, instrument } = market;
    const until: UnixMs = unixMs(runner.live(cycle)?.records().at(-1)?.ts ?? view.at ?? view.startedAt);
    const { series } = feed.history(instrument.id, view.interval, until, limit);
    return {
      instrument: view.instrument,
      interval: view.interval,
      source: view.marketSource,
      columns: columnsOf(series.candles),
      markers: markersOf(view.fills),
      lines: view.state === 'running' ? linesOf(view) : plannedLines(view),
      priceDecimals: instrument.tickSize.scale,
      asOf: until,
    };
  };

  const chartOfMarket = ({ instrument: symbol, interval = '1m', limit }: AppInput<'market.chart'>): ChartView => {
    const instrument = instrumentFor(symbol, instruments);
    const now = market.clock.now();
    const { series } = market.feed.history(instrument.id, interval, now, limit);
    const running = runner.running().map((live) => live.view());
    const from = series.candles[0]?.openTime ?? now;
    const fills = standingFills().filter((fill) => fill.instrument === symbol && fill.ts >= from);
    return {
      instrument: symbol,
      interval,
      source: `simulated market, seed ${market.seed}`,
      columns: columnsOf(series.candles),
      markers: markersOf(fills),
      lines: running.filter((view) => view.instrument === symbol).flatMap(linesOf),
      priceDecimals: instrument.tickSize.scale,
      asOf: now,
    };
  };

  return {
    'market.chart': (input) =>
      input.cycle === undefined ? chartOfMarket(input) : chartOfCycle(input.cycle, input.limit),
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
