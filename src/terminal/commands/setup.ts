import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { line, span } from '../text/line.ts';
import { heading, pairs } from '../text/table.ts';

export const runSetup: Run<ArgsOf<'setup'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const setup = await client.invoke('setup.get', {});
    context.output.lines([
      ...heading('Set-up'),
      ...pairs(
        setup.steps.map(({ id, done, detail }) => [
          id,
          line(done ? span('✓ done', 'up') : span('· open', 'muted'), `  ${detail}`),
        ]),
      ),
      ...heading('Today'),
      ...pairs(
        setup.daily.map(({ id, state, detail }) => [
          id,
          line(state === 'ok' ? span('✓ ok  ', 'up') : span('! look', 'warn'), `  ${detail}`),
        ]),
      ),
    ]);
    context.output.answer(setup);
    return EXIT.ok;
  });
