import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { line, padded, span } from '../text/line.ts';
import { statusLines } from './status.ts';

export const runKill: Run<ArgsOf<'kill'>> = ({ reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const report = await client.invoke('engine.kill', { reason });
    context.output.lines([
      line(span('TRADING IS HALTED', 'danger'), report.alreadyHalted ? ' (it was already)' : ''),
      ...report.steps.map(({ name, done, detail }) =>
        line('  ', done ? span('✓ ', 'up') : span('✕ ', 'danger'), ...padded([span(name)], 22), span(detail, 'muted')),
      ),
      line(span('  It stays so until: mt resume --reason "..."', 'muted')),
    ]);
    context.output.answer(report);
    return report.steps.every(({ done }) => done) ? EXIT.ok : EXIT.failed;
  });

export const runResume: Run<ArgsOf<'resume'>> = ({ reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const status = await client.invoke('engine.resume', { reason });
    context.output.lines([line(span('Trading is active again', 'up')), ...statusLines(status)]);
    context.output.answer(status);
    return EXIT.ok;
  });
