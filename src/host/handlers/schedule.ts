import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import type { Schedule } from '#core/automation/schedule-types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ScheduleView } from '#shared/contract/schedule.ts';
import { askedByHand } from '../access/asked-by-hand.ts';
import { decidedThrough } from '../access/decided-through.ts';
import type { PressSchedule } from '../automation/press-schedule.ts';
import type { EngineParts } from '../parts.ts';

type ScheduleHandlers = Pick<AppHandlers, 'schedule.get' | 'schedule.set'>;

export function scheduleView(schedule: PressSchedule): ScheduleView {
  const { on, schedule: setting } = schedule.get();
  return {
    on,
    setting,
    nextAt: schedule.nextAt() ?? null,
    paused: schedule.paused() ?? null,
    last: schedule.last(),
  };
}

/** Refuses what the market of a schedule does not have, where that is known without asking a venue. Throws Fault. */
function refuseUnknownMarket({ instrument, interval, market: choice }: Schedule, parts: EngineParts): void {
  if (choice.kind !== 'generator') return;
  parts.market.feed.span(instrumentFor(instrument, parts.instruments).id, interval);
}

export const createScheduleHandlers = (schedule: PressSchedule, parts: EngineParts): ScheduleHandlers => ({
  'schedule.get': () => scheduleView(schedule),
  'schedule.set'({ on, by, ...wanted }) {
    if (on && askedByHand() === 'program')
      throw new Fault(
        'refused',
        'a schedule lets agents begin by themselves, and a token is not the hand of the master',
        'switch it on in the window, or with mt schedule set --every 1h',
      );
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    // Every field of the contract's setting is one of a schedule; what was given replaces what held.
    const next: Schedule = { ...schedule.get().schedule, ...given };
    if (on) refuseUnknownMarket(next, parts);
    schedule.set({ on, schedule: next, by: decidedThrough(by) });
    return scheduleView(schedule);
  },
});
