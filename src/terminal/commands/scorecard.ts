import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { scorecardLines } from '../text/scorecard-lines.ts';

export const runScorecard: Run<ArgsOf<'scorecard.show'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const card = await client.invoke('scorecard.show', {});
    context.output.lines(scorecardLines(card));
    context.output.answer(card);
    return EXIT.ok;
  });

export const runScorecardMeasure: Run<ArgsOf<'scorecard.measure'>> = (args, context) => {
  const { data, imported, model, ...rest } = args;
  if ((data === undefined) !== imported)
    throw new Fault(
      'usage',
      'analysts are measured on recorded candles of one place',
      'give --data FILE or --imported',
    );
  const request = {
    ...rest,
    market:
      data === undefined ? { kind: 'imported' as const } : { kind: 'file' as const, path: resolve(context.cwd, data) },
    ...(model === undefined ? {} : { model: resolve(context.cwd, model) }),
  };
  return withSession(context, 'trade', async ({ client }) => {
    const card = await client.invoke('scorecard.measure', request);
    context.output.lines(scorecardLines(card));
    context.output.answer(card);
    return EXIT.ok;
  });
};
