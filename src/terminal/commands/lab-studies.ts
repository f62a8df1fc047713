import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AppClient, AppOutput } from '#shared/contract/app-contract.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { progressText, studyLines } from '../text/study-lines.ts';
import { searchFields, setupRequest, walkForwardFields } from './lab-request.ts';

/** A line of progress no more often than this, so that a log stays readable. */
const NOTE_EVERY_MS = 2000;

type Start = (client: AppClient) => Promise<AppOutput<'lab.search'>>;

const exitCodeOf = ({ state }: LabStudyView): number =>
  state === 'completed' ? EXIT.ok : state === 'canceled' ? EXIT.killed : EXIT.failed;

/** Starts a study, tells how it goes on standard error, and answers when it has ended. An interrupt cancels it; it can be resumed. */
export const follow = (start: Start, context: Context): Promise<number> =>
  withSession(context, 'trade', async ({ client }) => {
    const { output } = context;
    // A study that ends at once needs no word about its progress.
    let told = Date.now();
    let mine: string | undefined;
    const undoNews = client.on('lab.changed', (study) => {
      const now = Date.now();
      if (study.id !== mine || study.planned === 0 || study.state !== 'running' || now - told < NOTE_EVERY_MS) return;
      told = now;
      output.note(progressText(study));
    });
    let undoInterrupt = (): void => undefined;
    try {
      const { id, known, state } = await start(client);
      mine = id;
      if (known > 0 && state === 'running') output.note(`${id}: ${known} runs were finished before`);
      undoInterrupt = context.onInterrupt(() => {
        output.note(`Stopping. What is finished is kept: mt lab resume ${id}`);
        void client.invoke('lab.cancel', { id }).catch(() => undefined);
      });
      const study = await client.invoke('lab.wait', { id });
      output.lines(studyLines(study));
      output.answer(study);
      return exitCodeOf(study);
    } finally {
      undoInterrupt();
      undoNews();
    }
  });

export const runLabSearch: Run<ArgsOf<'lab.search'>> = (args, context) => {
  const request = { ...setupRequest(args, context.cwd), ...searchFields(args) };
  if (args.space.length === 0 && args.budget === undefined)
    context.output.note(
      'No --space: all bounds of the family are searched with 200 configurations, which takes minutes. --budget N takes fewer.',
    );
  return follow((client) => client.invoke('lab.search', request), context);
};

export const runLabWalkForward: Run<ArgsOf<'lab.walkforward'>> = (args, context) => {
  const request = { ...setupRequest(args, context.cwd), ...searchFields(args), ...walkForwardFields(args) };
  return follow((client) => client.invoke('lab.walkForward', request), context);
};

export const runLabResume: Run<ArgsOf<'lab.resume'>> = ({ id }, context) =>
  follow((client) => client.invoke('lab.resume', { id }), context);

export const runLabHoldout: Run<ArgsOf<'lab.holdout'>> = ({ id }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const study = await client.invoke('lab.openHoldout', { id });
    context.output.lines(studyLines(study));
    context.output.answer(study);
    return EXIT.ok;
  });
