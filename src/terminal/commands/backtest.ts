import { resolve } from 'node:path';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { runLines } from '../text/run-lines.ts';
import { setupRequest } from './lab-request.ts';

/** One run, judged and kept. */
export const runBacktest: Run<ArgsOf<'backtest'>> = (args, context) => {
  const { fills, news, ...setup } = args;
  const request = {
    ...setupRequest(setup, context.cwd),
    ...(fills === undefined ? {} : { fills: resolve(context.cwd, fills) }),
    ...(news.length === 0 ? {} : { news: news.map((name) => resolve(context.cwd, name)) }),
  };
  return withSession(context, 'trade', async ({ client }) => {
    const run = await client.invoke('lab.backtest', request);
    context.output.lines(runLines(run));
    context.output.answer(run);
    return EXIT.ok;
  });
};
