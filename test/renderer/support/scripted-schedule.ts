import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { PauseText, ScheduleView } from '#shared/contract/schedule.ts';

type Handlers = Pick<AppHandlers, 'schedule.get' | 'schedule.set'>;

export type ScheduleHooks = {
  /** Market time. */
  readonly now: () => number;
  readonly pausedBy: () => PauseText | null;
  readonly tell: (view: ScheduleView) => void;
};

/** A schedule that lasts as long as the scripted engine and presses nothing. */
export function scriptedSchedule({ now, pausedBy, tell }: ScheduleHooks): Handlers {
  let on = false;
  let setting: ScheduleView['setting'] = {
    everyMinutes: 60,
    interval: '5m',
    instrument: 'BTC/USDT',
    market: { kind: 'generator' },
    between: null,
  };
  const view = (): ScheduleView => {
    const step = setting.everyMinutes * 60_000;
    return {
      on,
      setting,
      nextAt: on ? (Math.floor(now() / step) + 1) * step : null,
      paused: on ? pausedBy() : null,
      last: null,
    };
  };
  return {
    'schedule.get': view,
    'schedule.set'({ on: wanted, by: _by, ...given }) {
      on = wanted;
      const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      setting = { ...setting, ...said };
      tell(view());
      return view();
    },
  };
}
