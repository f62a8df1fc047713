import type { PerformanceView } from '../contract/performance.ts';
import { dateText } from './time.ts';

/** One row for each day on which something moved: exact amounts, UTC days, and the environment on every row. */
export const daysCsv = ({ account, quoteAsset, days }: PerformanceView): string =>
  [
    'day_utc,environment,account,result,asset,trades_closed,trades_won',
    ...days.map(({ start, result, trades, won }) =>
      [dateText(start, 'UTC'), account.environment, account.name, result, quoteAsset, trades, won].join(','),
    ),
    '',
  ].join('\n');
