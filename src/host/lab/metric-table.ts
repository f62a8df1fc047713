import type { FigureView } from '#shared/contract/lab-views.ts';
import { figureText, LAB_METRICS, metricLabel } from '#shared/format/lab.ts';
import { cell, table } from './html-pieces.ts';

/** The known figures in the order of every report, each with its interval and count. */
export const metricTable = (metrics: Readonly<Record<string, FigureView>>): string =>
  table(
    ['Figure', '#Value', '#95 % interval', '#n'],
    LAB_METRICS.filter(({ name }) => metrics[name] !== undefined).map(({ name }) => {
      const { value, interval, n } = figureText(name, metrics[name]);
      return [cell(metricLabel(name)), cell(value, true), cell(interval, true), cell(n, true)].join('');
    }),
  );
