import { join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import { raiseKillFlag } from '#host/kill-flag.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { KillPreview, KillReport, KillVerb } from '#shared/contract/kill.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT, failureOf } from '../failure.ts';
import { type Line, line, padded, span } from '../text/line.ts';
import { table } from '../text/table.ts';
import { statusLines } from './status.ts';

type StopArgs = ArgsOf<'kill'>;

const stopBy =
  (verb: KillVerb): Run<StopArgs> =>
  ({ reason, preview }, context) =>
    preview ? showPreview(context) : stop(verb, reason, context);

export const runKill: Run<StopArgs> = stopBy('flatten');
export const runStop: Run<ArgsOf<'stop'>> = ({ run, ...args }, context) =>
  run === undefined ? stopBy('stop_managing')(args, context) : stopOne(run, args, context);

/** One agent of several; the gate stays as it is. */
function stopOne(run: string, { reason, preview }: StopArgs, context: Context): Promise<number> {
  if (preview)
    throw new Fault('usage', '--preview shows what stopping everything would do', 'leave out RUN or --preview');
  return withSession(context, 'trade', async ({ client }) => {
    const stopped = await client.invoke('agents.release', { agent: run, reason });
    context.output.lines([
      line(
        span(stopped.agentId ?? `Cycle ${stopped.cycle}`, 'strong'),
        ' decides nothing any more. What it holds stays, with its stops. The others go on.',
      ),
    ]);
    context.output.answer(stopped);
    return EXIT.ok;
  });
}

/** Through the engine; when that cannot be asked, by the file that halts it without being asked. */
async function stop(verb: KillVerb, reason: string, context: Context): Promise<number> {
  const { output } = context;
  let report: KillReport | undefined;
  try {
    await withSession(
      context,
      'trade',
      async ({ client }) => {
        report = await client.invoke('engine.kill', { reason, verb });
        return EXIT.ok;
      },
      'any',
    );
  } catch (error) {
    // What was answered stands, whatever became of the engine afterwards.
    report ??= byFile(verb, reason, error, context);
  }
  if (report === undefined) throw new TypeError('the kill switch answered nothing');
  output.lines(reportLines(report));
  output.answer(report);
  return report.steps.every(({ done }) => done) ? EXIT.ok : EXIT.failed;
}

/** Throws the first error when the folder takes no file either. */
function byFile(verb: KillVerb, reason: string, error: unknown, { home }: Context): KillReport {
  const { message } = failureOf(error);
  try {
    raiseKillFlag(join(home, 'run'), reason);
  } catch {
    throw error;
  }
  const ts = Date.now();
  const detail = `the engine could not be asked (${message}); the file run/KILL halts it within a second, and at its next start`;
  return {
    tradingState: 'halted',
    verb,
    alreadyHalted: false,
    steps: [
      { name: 'Gate closed', done: true, detail: detail.slice(0, 400), ts },
      { name: 'Open orders canceled', done: false, detail: 'the engine does it on seeing the file: see mt status', ts },
    ],
    venues: [],
  };
}

const reportLines = ({ alreadyHalted, steps, venues }: KillReport): readonly Line[] => {
  const orders = venues.flatMap((venue) => venue.orders);
  return [
    line(span('TRADING IS HALTED', 'danger'), alreadyHalted ? ' (it was already)' : ''),
    ...steps.map(({ name, done, detail }) =>
      line('  ', done ? span('✓ ', 'up') : span('✕ ', 'danger'), ...padded([span(name)], 22), span(detail, 'muted')),
    ),
    ...(orders.length === 0
      ? []
      : table(
          [
            { title: 'order', cell: ({ clientOrderId, venueOrderId }) => clientOrderId ?? venueOrderId ?? '?' },
            { title: 'venue', cell: ({ venue }) => venue },
            { title: 'instrument', cell: ({ instrumentId }) => instrumentId },
            { title: 'cancel asked', cell: ({ requestedAt }) => timeText(requestedAt) },
            { title: 'gone', cell: ({ confirmedAt }) => (confirmedAt === null ? 'not yet' : timeText(confirmedAt)) },
            { title: 'known by', cell: ({ evidence }) => evidence ?? '' },
          ],
          orders,
        )),
    line(span('  It stays so until: mt resume --reason "..."', 'muted')),
  ];
};

const timeText = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

const showPreview = (context: Context): Promise<number> =>
  withSession(context, 'view', async ({ client }) => {
    const preview = await client.invoke('engine.kill_preview', {});
    context.output.lines(previewLines(preview));
    context.output.answer(preview);
    return EXIT.ok;
  });

function previewLines({ venues }: KillPreview): readonly Line[] {
  const rows = venues.flatMap(({ venue, fromMemory, orders, positions }) => [
    ...orders.map((order) => ({
      what: `order ${order.clientOrderId ?? order.venueOrderId ?? '?'}${order.foreign ? ' (not ours)' : order.protects ? ' (protects)' : ''}`,
      where: `${order.instrument} at ${venue}${fromMemory ? ' (from memory)' : ''}`,
      kill: order.flatten,
      stop: order.stopManaging,
    })),
    ...positions.map((position) => ({
      what: `position of ${position.quantity}`,
      where: `${position.instrument} at ${venue}`,
      kill: position.flatten,
      stop: position.stopManaging,
    })),
  ]);
  if (rows.length === 0)
    return [line('Nothing rests and nothing is held. Both ways to stop would only close the gate.')];
  return table(
    [
      { title: 'now', cell: ({ what }) => what },
      { title: '', cell: ({ where }) => where },
      { title: 'mt kill', cell: ({ kill }) => kill },
      { title: 'mt stop', cell: ({ stop: kept }) => kept },
    ],
    rows,
  );
}

export const runResume: Run<ArgsOf<'resume'>> = ({ reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const status = await client.invoke('engine.resume', { reason });
    context.output.lines([line(span('Trading is active again', 'up')), ...statusLines(status)]);
    context.output.answer(status);
    return EXIT.ok;
  });
