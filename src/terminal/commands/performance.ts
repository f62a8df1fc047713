import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { performanceLines, targetLines } from '../text/performance-lines.ts';

export const runPerformance: Run<ArgsOf<'perf'>> = ({ account, period, by = 'family' }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const view = await client.invoke('performance.get', { account, days: period });
    context.output.lines(performanceLines(view, by));
    context.output.answer(view);
    return EXIT.ok;
  });

export const runTargets: Run<ArgsOf<'targets'>> = ({ account }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const view = await client.invoke('performance.targets', { account });
    context.output.lines(targetLines(view));
    context.output.answer(view);
    return EXIT.ok;
  });
