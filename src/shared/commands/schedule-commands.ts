import { z } from 'zod';
import { everyMinutes, scheduleHours, scheduleView } from '../contract/schedule.ts';
import { command } from './command.ts';
import { FORM, flag, instrumentArg, intervalArg, option } from './fields.ts';
import { livePriceArgs } from './venue-args.ts';

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 };
const EVERY_FORM = 'write minutes or hours such as 15m or 4h, up to 1d';
const BETWEEN_FORM = 'write two times of day such as 08:00-17:00, or always';

/** `15m`, `4h`, `1d` as whole minutes. */
const everyArg = () =>
  z
    .string()
    .regex(/^\d{1,4}[mhd]$/, 'is no time such as 15m or 4h')
    .transform((text) => Number(text.slice(0, -1)) * (MINUTES[text.slice(-1)] ?? 0))
    .pipe(everyMinutes);

const betweenArg = () =>
  z.string().transform((text, context) => {
    if (text === 'always') return null;
    const [from, to, ...more] = text.split('-');
    const read = scheduleHours.safeParse({ from, to });
    if (read.success && more.length === 0) return read.data;
    context.addIssue('is not two times of day');
    return z.NEVER;
  });

const scheduleShow = command({
  id: 'schedule',
  words: ['schedule'],
  summary: 'Show when the engine presses by itself, or why not',
  detail:
    'A press by schedule is the one of the button: it obeys mode, limits and gate, and in semi its agent waits for approval.',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt schedule'],
  output: scheduleView,
});

const scheduleSet = command({
  id: 'schedule.set',
  words: ['schedule', 'set'],
  summary: 'Switch the schedule on, or change it; what is left out stays',
  detail:
    'Presses happen where candles close, counted in UTC, in full and semi mode, while the window or mt up runs. Needs a second proof, ' +
    'which no token can give. A moment that was missed is told once and not made up for.',
  risk: 'increase',
  args: z.strictObject({
    every: option(everyArg().optional(), 'TIME', 'time between two presses, a whole number of candles', EVERY_FORM),
    interval: option(intervalArg().optional(), 'INTERVAL', 'candles that it looks at', FORM.interval),
    instrument: option(instrumentArg().optional(), 'INSTRUMENT', 'what it looks at', FORM.instrument),
    between: option(
      betweenArg().optional(),
      'HH:MM-HH:MM',
      'only between these times of day in your time zone; always for all day',
      BETWEEN_FORM,
    ),
    ...livePriceArgs(),
    shadow: flag("with --venue: each order is compared with the venue's order book; nothing is sent"),
  }),
  examples: ['mt schedule set --every 1h', 'mt schedule set --every 15m --interval 5m --between 08:00-17:00'],
  output: scheduleView,
});

const scheduleOff = command({
  id: 'schedule.off',
  words: ['schedule', 'off'],
  summary: 'Switch the schedule off at once; what runs goes on',
  risk: 'reduce',
  args: z.strictObject({}),
  examples: ['mt schedule off'],
  output: scheduleView,
});

export const scheduleCommands = [scheduleShow, scheduleSet, scheduleOff] as const;
