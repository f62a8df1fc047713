import type { ArgsOf } from '#shared/commands/registry.ts';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { line, span } from '../text/line.ts';
import { table } from '../text/table.ts';

const stateText = ({ state, progress }: MeasurementSummary): string =>
  state === 'running' && progress !== null ? `running, ${progress.done} of ${progress.planned}` : state;

export const runLabMeasurements: Run<ArgsOf<'lab.measurements'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const measurements = await client.invoke('lab.measurements', {});
    context.output.lines(
      measurements.length === 0
        ? [
            line('Nothing was measured since the engine started.'),
            line(
              span('Begin with mt lab families, mt lab arbitrage or mt scorecard measure, or in the window.', 'muted'),
            ),
          ]
        : table<MeasurementSummary>(
            [
              { title: 'ID', cell: ({ id }) => span(id, 'strong') },
              { title: 'KIND', cell: ({ kind }) => kind },
              { title: 'STATE', cell: stateText },
              { title: 'BEGAN', cell: ({ startedAt }) => moment(startedAt) },
              { title: 'ON', cell: ({ source, interval }) => `${source} ${interval}` },
              { title: 'WHY', cell: ({ cause }) => span(cause?.message ?? '', 'muted') },
            ],
            measurements,
          ),
    );
    context.output.answer({ measurements });
    return EXIT.ok;
  });

export const runLabStopMeasurement: Run<ArgsOf<'lab.measurements.stop'>> = ({ id }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const answer = await client.invoke('lab.stopMeasurement', { id });
    context.output.lines([
      answer.stopped
        ? line(span('✓ ', 'up'), `${id} is stopped`)
        : line(`${id} had ended already; nothing was stopped.`),
    ]);
    context.output.answer(answer);
    return EXIT.ok;
  });
