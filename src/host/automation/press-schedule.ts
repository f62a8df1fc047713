import { type MinuteOfDay, nextPressAt, refuseImpossibleSchedule } from '#core/automation/schedule.ts';
import type { Pause, Schedule, ScheduledMoment, SkipCause } from '#core/automation/schedule-types.ts';
import type { Face } from '#core/automation/types.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Cancel, Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Logger } from '#core/ports/logger.ts';
import { onNobodysBehalf } from '../access/caller.ts';
import type { ScheduleBook } from './schedule-book.ts';

/** A press this much later, in real time, would act on prices that nobody meant. */
const LATE_MS = 20_000;
/** Where no moment is near, the hours are looked at again after so long: a zone may have changed its clock. */
const LOOK_AGAIN_MS = 86_400_000;
const LONGEST_WHY = 400;

/** The clock of the market that is pressed, and how many times as fast as ours it goes. */
export type MarketClock = { readonly clock: Clock; readonly speed: number };

export type PressSchedule = {
  get(): { readonly on: boolean; readonly schedule: Schedule };
  /** The next moment; undefined while it is off, or nothing runs by itself. */
  nextAt(): UnixMs | undefined;
  paused(): Pause | undefined;
  last(): ScheduledMoment | null;
  /** Records, then applies. Throws Fault, and then nothing has changed. */
  set(change: { readonly on: boolean; readonly schedule: Schedule; readonly by: Face }): void;
  /** Looks at the clock anew: the master's zone has changed. */
  again(): void;
  stop(): void;
};

export type PressScheduleOptions = {
  readonly book: ScheduleBook;
  readonly clockOf: (schedule: Schedule) => MarketClock;
  /** Time of the records. */
  readonly marketNow: () => UnixMs;
  readonly minuteOfDay: MinuteOfDay;
  /** What holds it back just now. */
  readonly pausedBy: () => Pause | undefined;
  /** Whether a scheduled cycle runs, or any press is still becoming one. */
  readonly isBusy: () => boolean;
  /** What the preflight has against a press; undefined when nothing. */
  readonly blockedBy: (schedule: Schedule) => Promise<string | undefined>;
  /** Presses as the button does. Throws a Fault that says why not. */
  readonly press: (schedule: Schedule) => Promise<{ readonly cycle: number }>;
  readonly onChange: () => void;
  readonly logger: Pick<Logger, 'error'>;
};

const PAUSE_WORDS: Readonly<Record<Pause, string>> = {
  'no engine': 'nothing runs by itself here',
  halted: 'trading is halted',
  'no entries': 'entries are halted',
  manual: 'mode manual',
};

/**
 * Presses at the moments of the schedule, on a timer of the market's own clock. Each moment is decided once: it becomes a press, or it is let
 * go with a reason, of which the first of several alike is recorded. None is made up for.
 */
export function createPressSchedule(options: PressScheduleOptions): PressSchedule {
  const { book, clockOf, marketNow, minuteOfDay, pausedBy, isBusy, blockedBy, press, onChange, logger } = options;
  let cancel: Cancel = () => undefined;
  let next: UnixMs | undefined;
  let stopped = false;
  /** It may have been switched off while something was waited for. */
  const stands = (schedule: Schedule): boolean => !stopped && book.get().on && book.get().schedule === schedule;
  /** The reason that was recorded last, until a press succeeds. */
  let known = reasonOf(book.last());

  function arm(): void {
    cancel();
    next = undefined;
    const { on, schedule } = book.get();
    if (!on || stopped || pausedBy() === 'no engine') return;
    const { clock } = clockOf(schedule);
    const now = clock.now();
    const due = nextPressAt(schedule, now, minuteOfDay);
    next = due;
    cancel =
      due === undefined
        ? clock.setTimer(unixMs(now + LOOK_AGAIN_MS), arm)
        : clock.setTimer(due, () => onNobodysBehalf(() => void decide(schedule, due)));
  }

  async function decide(schedule: Schedule, due: UnixMs): Promise<void> {
    // The next one first: whatever becomes of this moment, the schedule goes on.
    arm();
    try {
      await decideNow(schedule, due);
    } catch (error) {
      logger.error('a moment of the schedule could not be recorded', error);
    }
    onChange();
  }

  async function decideNow(schedule: Schedule, due: UnixMs): Promise<void> {
    const pause = pausedBy();
    if (pause !== undefined) return skip(due, 'paused', PAUSE_WORDS[pause]);
    if (isLate(schedule, due)) return skip(due, 'missed', 'nothing ran at that moment');
    if (isBusy()) return skip(due, 'busy', 'the last scheduled cycle still runs');
    const blocked = await blockedBy(schedule);
    if (blocked !== undefined) return skip(due, 'refused', blocked);
    if (!stands(schedule)) return;
    let cycle: number;
    try {
      ({ cycle } = await press(schedule));
    } catch (error) {
      if (!(error instanceof Fault)) logger.error('a scheduled press failed', error);
      return skip(due, 'refused', error instanceof Error ? error.message : 'the press failed');
    }
    known = undefined;
    book.note({ what: 'pressed', due, cycle }, marketNow());
  }

  /** So late that the master would not call it that moment any more, or that the next one has come. */
  function isLate(schedule: Schedule, due: UnixMs): boolean {
    const { clock, speed } = clockOf(schedule);
    const now = clock.now();
    const following = nextPressAt(schedule, due, minuteOfDay);
    return now - due > LATE_MS * speed || (following !== undefined && now >= following);
  }

  function skip(due: UnixMs, cause: SkipCause, said: string): void {
    const moment = { what: 'skipped', due, cause, why: said.slice(0, LONGEST_WHY) } as const;
    const reason = reasonOf(moment);
    if (reason === known) return;
    book.note(moment, marketNow());
    known = reason;
  }

  /** A market whose time goes on without us had moments while nothing ran. The first one is told, and none is made up for. */
  function tellMissed(): void {
    const { on, schedule } = book.get();
    const until = book.decidedUntil();
    // What held the last moment back may have held those back as well.
    if (!on || until === undefined || pausedBy() === 'no engine' || book.last()?.what === 'skipped') return;
    const due = nextPressAt(schedule, until, minuteOfDay);
    if (due === undefined || !isLate(schedule, due)) return;
    try {
      skip(due, 'missed', 'nothing ran at that moment');
    } catch (error) {
      logger.error('a missed moment of the schedule could not be recorded', error);
    }
  }

  tellMissed();
  arm();
  return {
    get: () => book.get(),
    nextAt: () => next,
    paused: () => (book.get().on ? pausedBy() : undefined),
    last: () => book.last(),
    set(change) {
      const from = clockOf(change.schedule).clock.now();
      if (change.on) refuseImpossibleSchedule(change.schedule, from, minuteOfDay);
      if (!book.set({ ...change, from }, marketNow())) return;
      known = undefined;
      arm();
      onChange();
    },
    again() {
      arm();
      onChange();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/** Numbers in a reason change from one moment to the next, and the reason stays. */
const reasonOf = (moment: ScheduledMoment | null): string | undefined =>
  moment?.what === 'skipped' ? `${moment.cause}|${moment.why.replaceAll(/\d+/g, '#')}` : undefined;
