import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { familyStudyLines } from '../text/family-study-lines.ts';
import { present } from './lab-request.ts';

/** Every family over the regimes of the past. Paths become absolute: an engine may have another folder. */
export const runLabFamilies: Run<ArgsOf<'lab.families'>> = async (args, context) => {
  const { data, imported, interval = '1h', html, csv, markdown, only, news, ...rest } = args;
  if ((data === undefined) !== imported)
    throw new Fault(
      'usage',
      data === undefined
        ? 'the simulated market has no regimes of the past'
        : '--data and --imported name two different markets',
      'Give one of --data FILE and --imported.',
    );
  const path = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : resolve(context.cwd, name);
  const market =
    data === undefined ? { kind: 'imported' as const } : { kind: 'file' as const, path: resolve(context.cwd, data) };
  const request = {
    market,
    interval,
    ...present({
      ...rest,
      news: news.length === 0 ? undefined : news.map((name) => resolve(context.cwd, name)),
      only: only.length === 0 ? undefined : only,
      html: path(html),
      csv: path(csv),
      markdown: path(markdown),
    }),
  };
  return withSession(context, 'trade', async ({ client }) => {
    const found = await client.invoke('lab.measureFamilies', request);
    context.output.lines(familyStudyLines(found));
    context.output.answer(found);
    return EXIT.ok;
  });
};
