import { createSystemClock } from '#adapters/clock-system/system-clock.ts';
import type { Pause, Schedule } from '#core/automation/schedule-types.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { minuteOfDay } from '../alerts/time-of-day.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import { scheduleView } from '../handlers/schedule.ts';
import type { EngineParts } from '../parts.ts';
import { createPressSchedule, type MarketClock, type PressSchedule } from './press-schedule.ts';

export type OpenPressSchedule = {
  readonly parts: EngineParts;
  readonly runner: CycleRunner;
  readonly preflight: Pick<AppHandlers, 'cycle.preflight'>;
  /** Whether the engine stays and its market goes on; a command that opens one for a single answer presses nothing. */
  readonly runsByItself: boolean;
};

/** The schedule of one engine: its market's clock, what holds it back, and the press that the button makes. */
export function openPressSchedule({ parts, runner, preflight, runsByItself }: OpenPressSchedule): PressSchedule {
  const { market, modes, tradingState, preferences, news, schedules, logger } = parts;
  const machine: MarketClock = { clock: createSystemClock(), speed: 1 };

  function pausedBy(): Pause | undefined {
    if (!runsByItself) return 'no engine';
    const state = tradingState.state();
    if (state === 'halted') return 'halted';
    if (state === 'reducing') return 'no entries';
    return modes.mode() === 'manual' ? 'manual' : undefined;
  }
  /** A venue's market is asked for what it needs by the press itself. */
  async function blockedBy({ instrument, market: choice }: Schedule): Promise<string | undefined> {
    if (choice.kind !== 'generator') return undefined;
    const { rows } = await preflight['cycle.preflight']({ instrument });
    return rows.find(({ state }) => state === 'blocked')?.detail;
  }

  const schedule = createPressSchedule({
    book: schedules,
    clockOf: ({ market: choice }) => (choice.kind === 'venue' ? machine : market),
    marketNow: () => market.clock.now(),
    minuteOfDay: (at) => minuteOfDay(at, preferences.get().timeZone),
    pausedBy,
    isBusy: () => runner.isStarting() || runner.running().some((live) => live.view().trigger === 'schedule'),
    blockedBy,
    press: ({ instrument, interval, market: choice }) =>
      runner.start(cycleRequest.parse({ instrument, interval, market: choice, trigger: 'schedule' })),
    onChange: () => tell(),
    logger,
  });
  const tell = (): void => news.publish({ name: 'schedule.changed', payload: scheduleView(schedule) });
  const unlisten = news.subscribe(({ name }) => {
    if (name === 'preferences.changed') schedule.again();
  });
  return {
    ...schedule,
    stop() {
      unlisten();
      schedule.stop();
    },
  };
}
