import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { PauseText, ScheduleView } from '#shared/contract/schedule.ts';
import { utcText } from '#shared/format/time.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';

const PAUSED: Readonly<Record<PauseText, string>> = {
  'no engine': 'nothing runs by itself here; open the window, or mt up',
  halted: 'trading is halted (mt resume)',
  'no entries': 'entries are halted (mt resume)',
  manual: 'mode manual (mt mode semi)',
};

const everyText = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);
const marketText = ({ market }: ScheduleView['setting']): string =>
  market.kind === 'generator' ? 'the simulated market' : `${market.mode} prices of ${market.venue}`;

function scheduleLines({ on, setting, nextAt, paused, last }: ScheduleView): readonly Line[] {
  const { everyMinutes, instrument, interval, between } = setting;
  const hours = between === null ? '' : `, between ${between.from} and ${between.to} in your time zone`;
  const what = `${instrument} ${interval} on ${marketText(setting)} every ${everyText(everyMinutes)}${hours}`;
  return [
    line(span(on ? 'On' : 'Off', on ? 'strong' : 'muted'), `: ${what}`),
    ...(on && nextAt !== null ? [line(`  next ${utcText(nextAt)}`)] : []),
    ...(paused === null ? [] : [line('  ', span(`paused: ${PAUSED[paused]}`, 'warn'))]),
    ...(last === null
      ? []
      : [
          line(
            span(
              last.what === 'pressed'
                ? `  last ${utcText(last.due)}: cycle ${last.cycle}`
                : `  last ${utcText(last.due)}: no press, ${last.why}`,
              'muted',
            ),
          ),
        ]),
  ];
}

const tell = ({ output }: Context, view: ScheduleView): number => {
  output.lines(scheduleLines(view));
  output.answer(view);
  return EXIT.ok;
};

export const runSchedule: Run<ArgsOf<'schedule'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => tell(context, await client.invoke('schedule.get', {})));

export const runScheduleOff: Run<ArgsOf<'schedule.off'>> = (_args, context) =>
  withSession(context, 'trade', async ({ client }) =>
    tell(context, await client.invoke('schedule.set', { on: false, by: 'terminal' })),
  );

export const runScheduleSet: Run<ArgsOf<'schedule.set'>> = (args, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const { every, interval, instrument, between } = args;
    const market = marketOf(args);
    const view = await client.invoke('schedule.set', {
      on: true,
      by: 'terminal',
      ...(every === undefined ? {} : { everyMinutes: every }),
      ...(interval === undefined ? {} : { interval }),
      ...(instrument === undefined ? {} : { instrument }),
      ...(between === undefined ? {} : { between }),
      market,
    });
    return tell(context, view);
  });

/** The market of a schedule: the simulated one where no venue is named. Throws Fault `usage`. */
function marketOf({ venue, url, shadow }: ArgsOf<'schedule.set'>) {
  if (venue !== undefined)
    return {
      kind: 'venue' as const,
      venue,
      mode: shadow ? ('shadow' as const) : ('paper' as const),
      ...(url === undefined ? {} : { url }),
    };
  if (shadow || url !== undefined)
    throw new Fault('usage', `${shadow ? '--shadow' : '--url'} is about the prices of a venue`, 'name it with --venue');
  return { kind: 'generator' as const };
}
