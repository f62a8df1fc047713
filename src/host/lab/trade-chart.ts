import { plainText } from '#core/domain/decimal.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { countBefore, sliceColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { BacktestRequest, LabChart } from '#shared/contract/lab.ts';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import { stepDecimals } from '#shared/format/decimal-text.ts';
import type { LabParts } from './backtests.ts';
import { readRun } from './keep-run.ts';
import { openRequest } from './open-request.ts';
import type { StudyData } from './protocol.ts';

/** Candles before the entry and after the exit, so that one sees what led to the trade and what came of the market. */
const BEFORE = 80;
const AFTER = 40;
/** A trade that lasted longer is drawn from its entry on as far as this. */
const MOST_CANDLES = 5000;

type Trade = LabRunView['tradeList'][number];

/** Draws single trades of kept runs on the candles that they were played on. */
export type TradeCharts = (asked: { readonly id: string; readonly trade: number }) => Promise<LabChart>;

export function createTradeCharts(parts: LabParts): TradeCharts {
  /** One trade after the other is looked at: the candles of the last run stay at hand. */
  let last: StudyData | undefined;

  /** The candles of the run as they are now. Throws Fault `refused` when they are others than those that were played. */
  async function candlesOf({ id, dataHash }: LabRunView, request: BacktestRequest): Promise<StudyData> {
    if (last?.dataHash === dataHash) return last;
    const { source } = openRequest(request, parts.instruments, parts.candles);
    const worker = parts.startWorker();
    try {
      const data = await worker.ask({ kind: 'load', source });
      if (data.dataHash !== dataHash)
        throw new Fault(
          'refused',
          `the candles of ${id} have changed since it was played`,
          'play it again: its trades are then those of the candles of now',
        );
      last = data;
      return data;
    } finally {
      await worker.end();
    }
  }

  return async ({ id, trade: number }) => {
    const { view, request } = readRun(parts.store, id);
    const trade = view.tradeList[number];
    if (trade === undefined)
      throw new Fault(
        'not_found',
        `${id} has no trade ${number + 1}: ${view.tradeList.length} are listed`,
        'give one of those that its list shows',
      );
    if (request === undefined)
      throw new Fault(
        'not_found',
        `${id} was kept before runs said where their candles can be read again`,
        'play it again with the same settings: it replaces this one',
      );
    const data = await candlesOf(view, request);
    const place = trade.market ?? 0;
    const columns = place === 0 ? data.columns : data.also?.[place - 1];
    if (columns === undefined) throw new Error(`${id} has no market ${place}`);
    return chartOf(view, trade, columns);
  };
}

function chartOf(view: LabRunView, trade: Trade, columns: CandleColumns): LabChart {
  const market = view.markets?.[trade.market ?? 0];
  const priceDecimals = stepDecimals(market?.tickSize ?? view.tickSize);
  const entry = countBefore(columns.openTime, trade.entryTime);
  const exit = countBefore(columns.openTime, trade.exitTime);
  const first = Math.max(0, entry - BEFORE);
  const shown = sliceColumns(columns, first, Math.min(columns.length, exit + 1 + AFTER, first + MOST_CANDLES));
  const lastOpen = shown.openTime.at(-1) ?? trade.exitTime;
  const isLong = trade.direction !== 'short';
  const about = { agentId: view.id, quantity: plainText(trade.quantity) };
  const line = (kind: 'entry' | 'stop' | 'target', price: number | undefined): LabChart['lines'] =>
    price === undefined
      ? []
      : [{ kind, price: price.toFixed(priceDecimals), agentId: view.id, side: isLong ? 'buy' : 'sell', open: false }];
  const { openTime, open, high, low, close, volume } = shown;
  return {
    instrument: market?.instrument ?? view.instrument ?? '',
    interval: columns.interval,
    source: view.source.slice(0, 400),
    columns: {
      openTime: openTime.slice(),
      open: open.slice(),
      high: high.slice(),
      low: low.slice(),
      close: close.slice(),
      volume: volume.slice(),
    },
    markers: [
      {
        ...about,
        ts: trade.entryTime,
        side: isLong ? 'buy' : 'sell',
        purpose: 'entry',
        price: trade.entryPrice.toFixed(priceDecimals),
      },
      ...(trade.exitTime > lastOpen
        ? []
        : [
            {
              ...about,
              ts: trade.exitTime,
              side: isLong ? ('sell' as const) : ('buy' as const),
              purpose: trade.left ?? ('exit' as const),
              price: trade.exitPrice.toFixed(priceDecimals),
            },
          ]),
    ],
    lines: [...line('entry', trade.entryPrice), ...line('stop', trade.stop), ...line('target', trade.target)],
    priceDecimals,
    asOf: lastOpen + INTERVAL_MS[columns.interval],
  };
}
