import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { quantityText } from '#shared/format/figures.ts';
import { figureText, LAB_METRICS, paramsText } from '#shared/format/lab.ts';
import { purposeName } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { exact, moment, price } from '../text/figures.ts';
import { line, span } from '../text/line.ts';
import { runLines } from '../text/run-lines.ts';
import { listLines, studyLines } from '../text/study-lines.ts';
import { pairs, table } from '../text/table.ts';

export const runLabList: Run<ArgsOf<'lab.list'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const list = await client.invoke('lab.list', {});
    context.output.lines(listLines(list.runs, list.studies));
    context.output.answer(list);
    return EXIT.ok;
  });

export const runLabShow: Run<ArgsOf<'lab.show'>> = ({ id }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const found = await client.invoke('lab.show', { id });
    context.output.lines(found.kind === 'backtest' ? runLines(found) : studyLines(found));
    context.output.answer(found);
    return EXIT.ok;
  });

/** The lines and fills of one trade. The candles themselves are for the window: here stands what they are. */
export const runLabTrade: Run<ArgsOf<'lab.trade'>> = ({ id, number }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const { columns, ...chart } = await client.invoke('lab.chart', { id, trade: number - 1 });
    const { instrument, interval, lines, markers, priceDecimals } = chart;
    const candles = columns.openTime.length;
    const firstOpen = columns.openTime[0] ?? 0;
    context.output.lines([
      line(
        span(`Trade ${number} of ${id}`, 'strong'),
        `  ${instrument} ${interval}`,
        span(`  ${chart.source}`, 'muted'),
      ),
      ...pairs([
        ...markers.map(
          ({ purpose, side, quantity, price: at, ts }) =>
            [
              purposeName(purpose),
              line(
                `${side} ${quantityText(quantity)} at ${price(at, priceDecimals)}`,
                span(`  ${moment(ts)}`, 'muted'),
              ),
            ] as const,
        ),
        ...lines.map(({ kind, price: at }) => [`Line: ${kind}`, line(price(at, priceDecimals))] as const),
        ['Candles', line(`${candles}, ${moment(firstOpen)} to ${moment(chart.asOf)}`)],
      ]),
    ]);
    context.output.answer({ ...chart, candles, firstOpen });
    return EXIT.ok;
  });

export const runLabCompare: Run<ArgsOf<'lab.compare'>> = async ({ ids }, context) => {
  if (ids.length < 2 || ids.length > 4 || !ids.every((id) => /^B-[0-9a-f]{12}$/.test(id)))
    throw new Fault(
      'usage',
      'two to four back-tests are compared',
      'Take their ids from mt lab list, such as B-1a2b3c4d5e6f.',
    );
  return withSession(context, 'view', async ({ client }) => {
    const answer = await client.invoke('lab.compare', { ids: [...ids] });
    const { runs, notes } = answer;
    const rows = LAB_METRICS.filter(({ name }) => runs.some(({ metrics }) => metrics[name] !== undefined));
    context.output.lines([
      ...pairs(runs.map((run) => [run.id, line(`${run.strategy}  ${paramsText(run.params)}`)] as const)),
      ...notes.map((note) => line(span(`! ${note}`, 'warn'))),
      ...table(
        [
          { title: '', cell: ({ label }) => label },
          ...runs.map((run) => ({
            title: run.id,
            align: 'right' as const,
            cell: ({ name }: { readonly name: string }) => {
              if (name === 'equity') return exact(run.finalEquity);
              const { value, known } = figureText(name, run.metrics[name], { ascii: true });
              return known ? value : span('not enough data', 'muted');
            },
          })),
        ],
        [{ name: 'equity', label: 'Final equity' }, ...rows],
      ),
    ]);
    context.output.answer(answer);
    return EXIT.ok;
  });
};

export const runLabExport: Run<ArgsOf<'lab.export'>> = async ({ id, html, csv }, context) => {
  if (html === undefined && csv === undefined)
    throw new Fault('usage', 'nothing to write: neither --html nor --csv is given', 'Give one of them, or both.');
  return withSession(context, 'trade', async ({ client }) => {
    const done = await client.invoke('lab.export', {
      id,
      ...(html === undefined ? {} : { html: resolve(context.cwd, html) }),
      ...(csv === undefined ? {} : { csv: resolve(context.cwd, csv) }),
    });
    context.output.lines(
      done.files.map(({ path, bytes }) => line(span('✓ ', 'up'), path, span(`  ${bytes} bytes`, 'muted'))),
    );
    context.output.answer(done);
    return EXIT.ok;
  });
};
