import { resolve } from 'node:path';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

export const runDataList: Run<ArgsOf<'data.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const series = await client.invoke('data.list', {});
    context.output.lines(
      series.length === 0
        ? [
            line('No candles have been imported.'),
            line(span('Import some: mt import FILE --instrument BTC/USDT --interval 1h', 'muted')),
          ]
        : table<StoredSeriesView>(
            [
              { title: 'INSTRUMENT', cell: ({ instrument }) => instrument },
              { title: 'FROM', cell: ({ venue }) => (venue === 'SIM' ? 'file' : venue.toLowerCase()) },
              { title: 'INTERVAL', cell: ({ interval }) => interval },
              { title: 'CANDLES', cell: ({ candles }) => String(candles), align: 'right' },
              { title: 'FIRST OPEN', cell: ({ firstOpen }) => moment(firstOpen) },
              { title: 'LAST OPEN', cell: ({ lastOpen }) => moment(lastOpen) },
              { title: 'GAPS', cell: ({ gaps }) => String(gaps), align: 'right' },
              { title: 'MISSING', cell: ({ missing }) => String(missing), align: 'right' },
              { title: 'REVISED', cell: ({ revisions }) => String(revisions), align: 'right' },
            ],
            series,
          ),
    );
    context.output.answer({ series });
    return EXIT.ok;
  });

export const runDataCheck: Run<ArgsOf<'data.check'>> = ({ instrument, interval }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const report = await client.invoke('data.check', { instrument, interval });
    context.output.lines([
      line(span(`${report.instrument} ${report.interval}`, 'strong'), `  ${countText(report.candles, 'candle')}`),
      ...pairs([
        ['From', line(moment(report.firstOpen))],
        ['To', line(moment(report.lastOpen), span(' (open times)', 'muted'))],
        ...report.findings.map((finding, index) => [index === 0 ? 'Found' : '', line(finding)] as const),
      ]),
    ]);
    context.output.answer(report);
    return EXIT.ok;
  });

export const runDataExport: Run<ArgsOf<'data.export'>> = (
  { instrument, interval, out, from, to, overwrite },
  context,
) =>
  withSession(context, 'trade', async ({ client }) => {
    const done = await client.invoke('data.export', {
      instrument,
      interval,
      path: resolve(context.cwd, out),
      overwrite,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    context.output.lines([
      line(span('✓ ', 'up'), done.path, span(`  ${countText(done.candles, 'candle')}, ${done.bytes} bytes`, 'muted')),
    ]);
    context.output.answer(done);
    return EXIT.ok;
  });
