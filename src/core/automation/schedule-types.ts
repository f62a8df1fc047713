import type { DayHours } from '../domain/day-hours.ts';
import type { Interval } from '../domain/interval.ts';

/** The prices that a scheduled press looks at: the simulated market, or a venue's live ones without an order to it. */
export type ScheduleMarket =
  | { readonly kind: 'generator' }
  | { readonly kind: 'venue'; readonly venue: string; readonly mode: 'paper' | 'shadow'; readonly url?: string };

/** When the engine presses by itself, and for what. */
export type Schedule = {
  /** Whole minutes between two moments; they lie on multiples of it since 1970-01-01 00:00 UTC, where candles close. */
  readonly everyMinutes: number;
  /** Candles that the press looks at; `everyMinutes` is a whole multiple of them. */
  readonly interval: Interval;
  readonly instrument: string;
  readonly market: ScheduleMarket;
  /** Only moments between these times of day count; null for all of them. */
  readonly between: DayHours | null;
};

/** Why a moment became no press: what holds the schedule back, that it came too late, that the last one still runs, or a refusal. */
export const SKIP_CAUSES = ['paused', 'missed', 'busy', 'refused'] as const;
export type SkipCause = (typeof SKIP_CAUSES)[number];

/** What holds a schedule back that is on; the first that applies. */
export const PAUSES = ['no engine', 'halted', 'no entries', 'manual'] as const;
export type Pause = (typeof PAUSES)[number];

/** What became of the newest moment. Times are those of the market's clock. */
export type ScheduledMoment =
  | { readonly what: 'pressed'; readonly due: number; readonly cycle: number }
  | { readonly what: 'skipped'; readonly due: number; readonly cause: SkipCause; readonly why: string };
