import { performance } from 'node:perf_hooks';
import type { MarketResult } from '#core/backtest/portfolio/types.ts';
import type { BacktestResult } from '#core/backtest/types.ts';
import { createRng } from '#core/kernel/rng.ts';
import { buyAndHold } from '#core/statistics/benchmarks.ts';
import { dailyReturns } from '#core/statistics/daily-returns.ts';
import { drawdownsOf } from '#core/statistics/drawdown.ts';
import { summarise } from '#core/statistics/summarise.ts';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import { loadRun } from './candle-data.ts';
import { dailySharpeOf } from './daily-sharpe.ts';
import { openFillsFile } from './fills-file.ts';
import { costPerSideOf, equityRecordOf, indexOf, marketRecordOf, tradeRecordsOf } from './judge-run.ts';
import { loadNews } from './news-file.ts';
import { packTrades } from './packed-trades.ts';
import { createPlayer, type Families } from './play.ts';
import type { LabTask, PlayedRun } from './protocol.ts';
import { thinCurve } from './thin-curve.ts';

/** About 300 KiB of JSON: a reply carries no more than 1 MiB. */
const TRADES_SHOWN = 2000;

/** One back-test from its candles to its figures. Throws a Fault for bad input; then nothing has been written. */
export function playBacktest(task: Extract<LabTask, { readonly kind: 'backtest' }>, families?: Families): PlayedRun {
  const { source, setup, params, period, fillsPath } = task;
  const news = task.news === undefined ? undefined : loadNews(task.news);
  const readNews = news === undefined ? {} : { newsHash: news.hash };
  const began = performance.now();
  const data = loadRun(source);
  const { columns, dataHash } = data;
  const loadMs = performance.now() - began;
  // Before the run, so that nobody waits for a run whose fills can't be kept.
  const fillsFile = fillsPath === undefined ? undefined : openFillsFile(fillsPath);
  try {
    const { outcome, elapsedMs } = createPlayer(data, setup, { families, many: false, news })(params, period);
    if (outcome.status === 'failed') return { status: 'failed', failure: outcome, dataHash, ...readNews };
    const record = equityRecordOf(outcome);
    const trades = tradeRecordsOf(outcome);
    const costPerSide = costPerSideOf(outcome, setup.feeBps);
    const several = data.also === undefined ? undefined : indexOf(record, [columns, ...data.also]);
    const market = several ?? marketRecordOf(outcome, columns);
    const bought = buyAndHold(record, market, costPerSide);
    const judged = summarise({
      record,
      trades,
      // Where positions may lie at random is a question about one market.
      ...(several === undefined ? { market } : {}),
      costPerSide,
      rng: createRng(setup.seed).fork('statistics'),
    });
    const metrics =
      several === undefined
        ? judged
        : { ...judged, benchmarks: { ...judged.benchmarks, buyAndHold: bought.totalReturn } };
    const { returns } = dailyReturns(record);
    fillsFile?.write(outcome);
    return {
      status: 'completed',
      ...readNews,
      view: {
        ...viewOf(outcome),
        ...('markets' in outcome ? { markets: outcome.markets.map(marketView) } : {}),
        ...(setup.venuePath === undefined ? {} : { venue: setup.venuePath }),
        dataHash,
        feeBps: setup.feeBps,
        fillsFile: fillsPath ?? null,
      },
      metrics,
      returns,
      dailySharpe: dailySharpeOf(returns),
      curve: thinCurve({
        time: record.times,
        equity: record.equity,
        drawdown: drawdownsOf(record).depth,
        held: bought.equity,
      }),
      trades: packTrades(trades),
      elapsedMs,
      loadMs,
    };
  } finally {
    fillsFile?.close();
  }
}

function viewOf(
  run: BacktestResult,
): Omit<Extract<PlayedRun, { readonly status: 'completed' }>['view'], 'dataHash' | 'feeBps' | 'fillsFile'> {
  return {
    status: 'completed',
    runHash: run.runHash,
    strategy: run.strategy,
    params: run.params,
    profiles: run.profiles,
    seed: run.seed,
    interval: run.interval,
    from: run.from,
    to: run.to,
    candles: run.candles,
    warmUp: run.warmUp,
    gaps: run.gaps,
    startingCash: run.startingCash,
    finalEquity: run.finalEquity,
    finalCash: run.finalCash,
    openPosition: run.openPosition,
    tickSize: run.tickSize,
    lotSize: run.lotSize,
    assumed: run.assumed ?? null,
    trades: run.trades.count,
    tradeList: firstTrades(run),
    fills: run.fills.count,
    turnover: run.turnover,
    costs: { fees: run.costs.fees, spread: run.costs.spread, impact: run.costs.impact },
  };
}

const marketView = (market: MarketResult): NonNullable<LabRunView['markets']>[number] => ({
  instrument: market.instrumentId,
  interval: market.interval,
  tickSize: market.tickSize,
  candles: market.candles,
  trades: market.trades.count,
  fills: market.fills.count,
  refused: market.refused,
  openPosition: market.openPosition,
  openValue: market.openValue,
  netPnl: market.netPnl,
  fees: market.costs.fees,
  exposure: market.exposure,
});

function firstTrades({ trades }: BacktestResult): LabRunView['tradeList'] {
  return Array.from({ length: Math.min(TRADES_SHOWN, trades.count) }, (_, i) => {
    const [pnl, risk] = [trades.pnl[i] as number, trades.risk[i] as number];
    return {
      entryTime: trades.entryTime[i] as number,
      exitTime: trades.exitTime[i] as number,
      direction: trades.direction?.[i] === -1 ? ('short' as const) : ('long' as const),
      entryPrice: trades.entryPrice[i] as number,
      exitPrice: trades.exitPrice[i] as number,
      quantity: trades.quantity[i] as number,
      pnl,
      fees: trades.fees[i] as number,
      r: risk > 0 ? pnl / risk : null,
      ...trades.levels?.[i],
      ...(trades.market === undefined ? {} : { market: trades.market[i] as number }),
    };
  });
}
