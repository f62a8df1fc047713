import { unixMs } from '../domain/ids.ts';
import { utcText } from '../kernel/utc-text.ts';
import { type Figure, isKnown, lackText } from '../statistics/figure.ts';
import type { BacktestMetrics } from '../statistics/summarise.ts';
import type { EquityRecord, TradeRecord } from '../statistics/types.ts';

/**
 * One line of CSV (RFC 4180). Text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) gets an
 * apostrophe before it; numbers are numbers and stay as they are.
 */
function line(cells: readonly (string | number | undefined)[]): string {
  return cells.map(cellText).join(',');
}

function cellText(cell: string | number | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

const file = (head: readonly string[], rows: readonly string[]): string => `${[line(head), ...rows].join('\n')}\n`;

/** Every figure with its n, its interval and its method, or why it has no value. Names are paths such as `risk.sharpe`. */
export function metricsCsv(metrics: BacktestMetrics): string {
  const rows = figuresOf(metrics, '').map(([name, figure]) => {
    if (!isKnown(figure)) return line([name, undefined, undefined, undefined, undefined, undefined, lackText(figure)]);
    const interval = 'interval' in figure ? figure.interval : undefined;
    return line([name, figure.value, figure.n, interval?.low, interval?.high, interval?.method, undefined]);
  });
  return file(['figure', 'value', 'n', 'low95', 'high95', 'method', 'reason'], rows);
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
      line([
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
  return file(head, rows);
}

/** Equity at each close, UTC. */
export function equityCsv({ times, equity }: EquityRecord): string {
  return file(
    ['time', 'equity'],
    Array.from(times, (at, i) => line([utcText(unixMs(at)), equity[i] as number])),
  );
}
