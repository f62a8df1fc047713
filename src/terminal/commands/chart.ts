import type { ArgsOf } from '#shared/commands/registry.ts';
import type { ChartView } from '#shared/contract/market.ts';
import { chartLines, chartNote } from '../console/chart-lines.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';

const WIDTH = 96;
const HEIGHT = 16;

export const runChart: Run<ArgsOf<'chart'>> = ({ instrument, interval, candles }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const chart = await client.invoke('market.chart', { instrument, interval, limit: candles });
    context.output.lines([
      line(
        span(`${chart.instrument} ${chart.interval}`, 'strong'),
        `  ${chartNote(chart)}`,
        span(`  ${chart.source}`, 'muted'),
      ),
      ...chartLines(chart, WIDTH, HEIGHT).map((row): Line => [span('  '), ...row]),
    ]);
    context.output.answer(answerOf(chart));
    return EXIT.ok;
  });

/** Columns are for drawing; a script gets one object for each candle. */
function answerOf({ columns, ...chart }: ChartView) {
  const at = (column: Float64Array, index: number): number => column[index] ?? 0;
  return {
    ...chart,
    candles: Array.from(columns.openTime, (openTime, index) => ({
      openTime,
      open: at(columns.open, index),
      high: at(columns.high, index),
      low: at(columns.low, index),
      close: at(columns.close, index),
      volume: at(columns.volume, index),
    })),
  };
}
