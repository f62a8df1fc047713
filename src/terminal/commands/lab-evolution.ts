import { resolve } from 'node:path';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { lineageLines, reviewLines } from '../text/evolution-lines.ts';
import { marketRequest, present } from './lab-request.ts';
import { follow } from './lab-studies.ts';

export const runLabEvolve: Run<ArgsOf<'lab.evolve'>> = (args, context) => {
  const { data, imported, candles, marketSeed, interval, family, ...rest } = args;
  const request = {
    ...marketRequest({ data, imported, candles, marketSeed, interval }, context.cwd),
    families: [...family],
    ...present(rest),
  };
  return follow((client) => client.invoke('lab.evolve', request), context);
};

export const runLabLineage: Run<ArgsOf<'lab.lineage'>> = ({ id }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const lineage = await client.invoke('lab.lineage', { id });
    context.output.lines(lineageLines(lineage));
    context.output.answer(lineage);
    return EXIT.ok;
  });

export const runLabReview: Run<ArgsOf<'lab.review'>> = ({ id, data }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const market =
      data === undefined
        ? ({ kind: 'imported' } as const)
        : ({ kind: 'file', path: resolve(context.cwd, data) } as const);
    const review = await client.invoke('lab.review', { id, market });
    context.output.lines(reviewLines(review));
    context.output.answer(review);
    return EXIT.ok;
  });
