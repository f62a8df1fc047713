import type { Schedule, ScheduledMoment } from '#core/automation/schedule-types.ts';
import type { Face } from '#core/automation/types.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

export type ScheduleChange = {
  readonly on: boolean;
  readonly schedule: Schedule;
  /** Now, in the time of the market that is pressed. */
  readonly from: UnixMs;
  readonly by: Face;
};

/** The schedule of the press. It lives in the journal, off until it is switched on; the newest record says what holds. */
export type ScheduleBook = {
  get(): Pick<ScheduleChange, 'on' | 'schedule'>;
  /** What became of the newest moment of the setting that holds; of several with the same reason the first. */
  last(): ScheduledMoment | null;
  /** No moment after this one was decided yet, unless the newest that was has a reason that still holds; undefined while nothing was ever set. */
  decidedUntil(): UnixMs | undefined;
  /**
   * Records, then applies. Off asks nothing; on, and every change of one that is on, needs a second proof. Answers whether anything changed.
   * Throws Fault, and then nothing has changed.
   */
  set(change: ScheduleChange, ts: UnixMs): boolean;
  /** Throws Fault `storage` when it cannot be recorded. */
  note(moment: ScheduledMoment, ts: UnixMs): void;
};

const BEGINNING: Schedule = {
  everyMinutes: 60,
  interval: '5m',
  instrument: 'BTC/USDT',
  market: { kind: 'generator' },
  between: null,
};

export type ScheduleBookOptions = {
  readonly journal: JournalStore;
  /** Asked before it is switched on or changed while it is. Throws to refuse. */
  readonly mayRaise: (what: string) => void;
};

const same = (a: Schedule, b: Schedule): boolean => canonicalJson(a) === canonicalJson(b);

export function openScheduleBook({ journal, mayRaise }: ScheduleBookOptions): ScheduleBook {
  let current: ReturnType<ScheduleBook['get']> = { on: false, schedule: BEGINNING };
  let last: ScheduledMoment | null = null;
  let from: UnixMs | undefined;
  for (const record of journal.readCycle(SYSTEM_CYCLE)) {
    if (record.type === 'schedule.set') {
      const { on, schedule, from: since } = payloadOf(record, record.type);
      current = { on, schedule };
      from = unixMs(since);
      last = null;
    } else if (record.type === 'schedule.pressed') last = { what: 'pressed', ...payloadOf(record, record.type) };
    else if (record.type === 'schedule.skipped') last = { what: 'skipped', ...payloadOf(record, record.type) };
  }
  return {
    get: () => current,
    last: () => last,
    decidedUntil: () => (last === null ? from : unixMs(last.due)),
    set({ on, schedule, from: since, by }, ts) {
      if (on === current.on && same(schedule, current.schedule)) return false;
      if (on) mayRaise('let the engine press by schedule');
      journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'schedule.set', { on, schedule, from: since, by })]);
      current = { on, schedule };
      from = since;
      last = null;
      return true;
    },
    note(moment, ts) {
      journal.append(SYSTEM_CYCLE, [
        moment.what === 'pressed'
          ? draft(SYSTEM_RUN, ts, 'schedule.pressed', { due: moment.due, cycle: moment.cycle })
          : draft(SYSTEM_RUN, ts, 'schedule.skipped', { due: moment.due, cause: moment.cause, why: moment.why }),
      ]);
      last = moment;
    },
  };
}
