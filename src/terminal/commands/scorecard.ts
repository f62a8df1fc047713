import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';
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
    context.output.lines([...scorecardLines(card), ...withoutLabel(card)]);
    context.output.answer(card);
    return EXIT.ok;
  });
};

/** An answer that cannot be read gives no label and counts nowhere: a model is not to look good by it in silence. */
function withoutLabel({ rows, resolved }: ScorecardView): readonly Line[] {
  const models = rows.filter(({ kind, question }) => kind === 'model' && question === 'regime');
  return models
    .filter(({ n }) => n < resolved)
    .map(({ who, n }) =>
      line(
        span(
          `! ${who} gave no label in ${resolved - n} of ${countText(resolved, 'moment')}; they are left out.`,
          'warn',
        ),
      ),
    );
}
