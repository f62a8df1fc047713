import type { DayHours } from '../domain/day-hours.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { AlertKind } from './kinds.ts';

/** `critical`: money is at risk; it passes quiet hours, the cap and, on real accounts, being muted. */
export type Urgency = 'critical' | 'normal' | 'low';

/** Where what is told happened; null when it is about the machine or the whole engine. */
export type AlertEnvironment = 'backtest' | 'simulated' | 'paper' | 'shadow' | 'sandbox' | 'live';

/** Why an alert only lies in the centre and was not told. */
export type HeldBack = 'muted' | 'off here' | 'quiet hours' | 'too many';

/** One row of the Alert centre. `text` has its amounts; `hidden` is what may be shown to whoever passes by. */
export type Alert = {
  readonly id: number;
  readonly kind: AlertKind;
  readonly urgency: Urgency;
  readonly environment: AlertEnvironment | null;
  /** First and newest time of the same thing, on the machine's clock, and how often it came. */
  readonly at: UnixMs;
  readonly lastAt: UnixMs;
  readonly count: number;
  readonly text: string;
  readonly hidden: string;
  /** The screen that it is about, such as `/agents/A-1f2e3d4c`. */
  readonly link: string;
  readonly read: boolean;
  readonly heldBack: HeldBack | null;
};

/** A row before the store has numbered it. `key`: what makes two alerts the same thing. */
export type NewAlert = Omit<Alert, 'id' | 'count' | 'lastAt'> & { readonly key: string };

/** What holds for all alerts: the kinds that the master muted, and when only what is critical speaks. */
export type AlertSettings = {
  readonly muted: readonly AlertKind[];
  readonly quietHours: DayHours | null;
};

/** What a kind may say, and by which desktop means. */
export type AlertRule = {
  readonly urgency: Urgency;
  /** Told by the desktop as well. */
  readonly os: boolean;
  readonly sound: 'none' | 'soft' | 'loud';
  /** `not live`: muting it has no effect where real money is. */
  readonly mutable: 'yes' | 'not live' | 'never';
  /** Told by default on made prices, and on a venue's. */
  readonly on: { readonly made: boolean; readonly venue: boolean };
};
