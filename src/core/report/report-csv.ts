import { unixMs } from '../domain/ids.ts';
import { csvFile, csvLine } from '../kernel/csv.ts';
import { utcText } from '../kernel/utc-text.ts';
import { type Figure, isKnown, lackText } from '../statistics/figure.ts';
import type { BacktestMetrics } from '../statistics/summarise.ts';
import type { EquityRecord, TradeRecord } from '../statistics/types.ts';

/** Every figure with its n, its interval and its method, or why it has no value. Names are paths such as `risk.sharpe`. */
export function metricsCsv(metrics: BacktestMetrics): string {
  const rows = figuresOf(metrics, '').map(([name, figure]) => {
    if (!isKnown(figure))
      return csvLine([name, undefined, undefined, undefined, undefined, undefined, lackText(figure)]);
    const interval = 'interval' in figure ? figure.interval : undefined;
    return csvLine([name, figure.value, figure.n, interval?.low, interval?.high, interval?.method, undefined]);
  });
  return csvFile(['figure', 'value', 'n', 'low95', 'high95', 'method', 'reason'], rows);
}

function figuresOf(data: unknown, path: string): readonly (readonly [name: string, figure: Figure])[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  if ('notEnough' in data || 'undefinable' in data || ('value' in data && 'n' in data)) return [[path, data as Figure]];
  return Object.entries(data).flatMap(([key, value]) => figuresOf(value, path === '' ? key : `${path}.${key}`));
}

/** Every trade, oldest exit first. Times in UTC. */
export function tradesCsv(trades: readonly TradeRecord[]): string {
  const rows = trades
    .toSorted((a, b) => a.exitTime - b.exitTime || a.entryTime - b.entryTime)
    .map((trade) =>
      csvLine([
        utcText(unixMs(trade.entryTime)),
        utcText(unixMs(trade.exitTime)),
        trade.direction ?? 'long',
        trade.quantity,
        trade.entryPrice,
        trade.exitPrice,
        trade.fees,
        trade.slippage,
        trade.carry,
        trade.netPnl,
        trade.riskTaken,
        trade.riskTaken === undefined ? undefined : trade.netPnl / trade.riskTaken,
      ]),
    );
  const head = [
    'entered',
    'left',
    'direction',
    'quantity',
    'entryPrice',
    'exitPrice',
    'fees',
    'slippage',
    'carry',
    'netPnl',
    'riskTaken',
    'r',
  ];
  return csvFile(head, rows);
}

/** Equity at each close, UTC. */
export function equityCsv({ times, equity }: EquityRecord): string {
  return csvFile(
    ['time', 'equity'],
    Array.from(times, (at, i) => csvLine([utcText(unixMs(at)), equity[i] as number])),
  );
}
