import type { EngineStatus } from '#shared/contract/engine.ts';
import type { HealthRow } from '#shared/contract/health.ts';
import { DAILY_CHECKS, SETUP_STEPS, type SetupView } from '#shared/contract/setup.ts';
import { compare, round, times, trimmed } from '#shared/format/decimal-text.ts';

type Step = (typeof SETUP_STEPS)[number];
type Daily = (typeof DAILY_CHECKS)[number];

/** What the steps and checks are made of. */
export type SetupReading = {
  readonly status: EngineStatus;
  readonly health: readonly HealthRow[];
  /** Whether any press was ever recorded, and whether one of them traded to its end. */
  readonly pressed: boolean;
  readonly traded: boolean;
  readonly models: number;
  readonly exchangeKeys: number;
  /** Steps that the master has looked at and kept. */
  readonly reviewed: readonly string[];
  /** Whether the mode that holds was set by somebody, and is not the one that the engine began with. */
  readonly modeChosen: boolean;
  /** Of the standing account, by hand and by agents. */
  readonly positions: readonly { readonly instrument: string; readonly protected: boolean }[];
  /** Lessons of the last day of the account's market. */
  readonly lessonsToday: number;
};

type Told = { readonly done: boolean; readonly detail: string };

function stepOf(id: Step, reading: SetupReading): Told {
  const { status, reviewed } = reading;
  const kept = reviewed.includes(id);
  switch (id) {
    case 'press':
      return { done: reading.pressed, detail: 'one press analyses the market and spawns an agent for the moment' };
    case 'trade':
      return { done: reading.traded, detail: 'an agent has opened and closed a position, and its debrief is written' };
    case 'security':
      return { done: status.protection.protected, detail: status.protection.label };
    case 'automation':
      return { done: kept || reading.modeChosen, detail: `mode ${status.mode}` };
    case 'risk':
      return { done: kept, detail: 'limits of the engine and of each agent' };
    case 'monitoring':
      return { done: kept, detail: 'what is told, when, and where' };
    case 'models':
      return {
        done: reading.models > 0,
        detail: reading.models > 0 ? `${reading.models} installed` : 'rules decide; a local model can be added',
      };
    case 'exchanges':
      return {
        done: reading.exchangeKeys > 0,
        detail: reading.exchangeKeys > 0 ? `${reading.exchangeKeys} stored` : 'none stored; simulation needs none',
      };
    default:
      throw new TypeError(`no step ${String(id satisfies never)}`);
  }
}

function dailyOf(id: Daily, reading: SetupReading): { readonly state: 'ok' | 'look'; readonly detail: string } {
  const { status, health, positions } = reading;
  const rowOf = (row: HealthRow['id']): HealthRow | undefined => health.find((one) => one.id === row);
  const from = (row: HealthRow | undefined): { readonly state: 'ok' | 'look'; readonly detail: string } => ({
    state: row?.state === 'ok' || row?.state === 'off' ? 'ok' : 'look',
    detail: row === undefined ? 'not known' : `${row.value}: ${row.detail}`,
  });
  switch (id) {
    case 'health': {
      const bad = health.filter(({ state }) => state === 'bad');
      return {
        state: bad.length === 0 ? 'ok' : 'look',
        detail:
          bad.length === 0 ? 'no part of the engine is bad' : bad.map((row) => `${row.id}: ${row.detail}`).join('; '),
      };
    }
    case 'backup':
      return from(rowOf('backup'));
    case 'errors':
      return from(rowOf('errors'));
    case 'risk': {
      const { drawdownFraction, drawdownLimits } = status;
      return {
        // Half of what may be lost is worth a look before the engine itself reduces.
        state: compare(times(drawdownFraction, '2'), drawdownLimits.most) >= 0 ? 'look' : 'ok',
        detail: `${round(times(drawdownFraction, '100'), 2)} % below the peak, ${trimmed(times(drawdownLimits.most, '100'))} % at most`,
      };
    }
    case 'positions': {
      const bare = positions.filter((position) => !position.protected);
      return {
        state: bare.length === 0 ? 'ok' : 'look',
        detail:
          bare.length === 0
            ? `${positions.length} open, none without a stop`
            : `without a stop: ${bare.map(({ instrument }) => instrument).join(', ')}`,
      };
    }
    case 'lessons':
      return { state: 'ok', detail: `${reading.lessonsToday} new, ${status.lessons} in all` };
    default:
      throw new TypeError(`no check ${String(id satisfies never)}`);
  }
}

const LONGEST = 400;

/** How far the set-up is, and what of today is worth a look. */
export const setupViewOf = (reading: SetupReading): SetupView => ({
  steps: SETUP_STEPS.map((id) => {
    const { done, detail } = stepOf(id, reading);
    return { id, done, detail: detail.slice(0, LONGEST) };
  }),
  daily: DAILY_CHECKS.map((id) => {
    const { state, detail } = dailyOf(id, reading);
    return { id, state, detail: detail.slice(0, LONGEST) };
  }),
});
