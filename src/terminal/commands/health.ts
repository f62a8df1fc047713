import type { ArgsOf } from '#shared/commands/registry.ts';
import type { HealthRow } from '#shared/contract/health.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { line, type Span, span } from '../text/line.ts';
import { table } from '../text/table.ts';

const MARK: Readonly<Record<HealthRow['state'], Span>> = {
  ok: span('✓ ok', 'up'),
  warn: span('! look', 'warn'),
  bad: span('✕ bad', 'danger'),
  off: span('- none', 'muted'),
};

/** Exit code 1 when a part is bad, so that a watchdog notices. */
export const runHealth: Run<ArgsOf<'health'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const health = await client.invoke('health.get', {});
    context.output.lines(
      table<HealthRow>(
        [
          { title: 'PART', cell: ({ id }) => id },
          { title: 'STATE', cell: ({ state }) => MARK[state] },
          { title: 'VALUE', cell: ({ value }) => value },
          { title: 'WHY', cell: ({ detail }) => span(detail, 'muted') },
        ],
        health.rows,
      ),
    );
    context.output.answer(health);
    return health.state === 'bad' ? EXIT.failed : EXIT.ok;
  });

const TONE = { info: 'plain', warn: 'warn', error: 'danger' } as const;

export const runLogs: Run<ArgsOf<'logs'>> = ({ level, limit }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const lines = await client.invoke('health.log', {
      ...(level === undefined ? {} : { level }),
      ...(limit === undefined ? {} : { limit }),
    });
    context.output.lines(
      lines.length === 0
        ? [line('The log is empty.')]
        : lines.map(({ ts, level: of, message, detail }) =>
            line(
              span(moment(ts), 'muted'),
              ' ',
              span(of.padEnd(5), TONE[of]),
              ` ${message}`,
              detail === null ? '' : span(`  ${detail}`, 'muted'),
            ),
          ),
    );
    context.output.answer({ lines });
    return EXIT.ok;
  });
