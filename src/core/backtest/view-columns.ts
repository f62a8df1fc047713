import type { Decimal } from '../domain/decimal.ts';
import { checkTicks, compactTicksOf, type TickColumn, tickScale, ticksIn } from '../market/price-ticks.ts';
import type { ViewColumns } from './series-view.ts';
import type { BacktestSeries } from './types.ts';

/** Columns in ticks; highs and lows, which few strategies look at, only when somebody asks. Throws what `toTicks` throws. */
export function viewColumns({ instrumentId, columns }: BacktestSeries, tick: Decimal): ViewColumns {
  const { interval, openTime, open, volume } = columns;
  checkTicks(columns, 'open', tick);
  const scale = tickScale(tick);
  const column = (name: 'high' | 'low') => {
    let made: TickColumn | undefined;
    return () => {
      made ??= compactTicksOf(columns, name, tick);
      return made;
    };
  };
  return {
    instrumentId,
    interval,
    openTime,
    openAt: (index) => ticksIn(open[index] as number, scale),
    close: compactTicksOf(columns, 'close', tick),
    high: column('high'),
    low: column('low'),
    volume,
  };
}
