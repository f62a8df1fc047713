import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { countText } from '#shared/format/names.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';
import { scorecardLines } from '../text/scorecard-lines.ts';

/** A line of progress no more often than this, so that a log stays readable. */
const NOTE_EVERY_MS = 2000;

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
    const card = await followed(client, context, () => client.invoke('scorecard.measure', request));
    if (card === undefined) return EXIT.killed;
    context.output.lines([...scorecardLines(card), ...withoutLabel(card)]);
    context.output.answer(card);
    return EXIT.ok;
  });
};

/** Tells on standard error how far a measurement is. An interrupt stops it, which answers undefined. */
async function followed<T>(
  client: AppClient,
  { output, onInterrupt }: Context,
  work: () => Promise<T>,
): Promise<T | undefined> {
  // One that ends at once needs no word about its progress.
  let told = Date.now();
  let mine: string | undefined;
  let stopping = false;
  const stop = (id: string): void => void client.invoke('lab.stopMeasurement', { id }).catch(() => undefined);
  const undoNews = client.on('lab.measured', ({ id, kind, state, progress }) => {
    if (kind !== 'scorecard' || state !== 'running') return;
    if (mine === undefined && stopping) stop(id);
    mine = id;
    if (progress === null || Date.now() - told < NOTE_EVERY_MS) return;
    told = Date.now();
    output.note(`${progress.done} of ${countText(progress.planned, 'moment')}`);
  });
  const undoInterrupt = onInterrupt(() => {
    stopping = true;
    output.note('Stopping. A measurement that is stopped keeps no result.');
    if (mine !== undefined) stop(mine);
  });
  try {
    return await work();
  } catch (error) {
    if (!stopping) throw error;
    return undefined;
  } finally {
    undoInterrupt();
    undoNews();
  }
}

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
