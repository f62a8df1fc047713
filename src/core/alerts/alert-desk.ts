import { isWithin } from '../domain/day-hours.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AlertStore } from '../ports/alert-store.ts';
import type { AlertDraft } from './facts.ts';
import { mutedCounts, ruleOf, speaksIn } from './kinds.ts';
import { createRateCap } from './rate-cap.ts';
import { textsOf } from './texts.ts';
import type { Alert, AlertEnvironment, AlertSettings, HeldBack } from './types.ts';

/** The Alert centre keeps so many rows. */
export const MOST_ALERTS = 500;
/** A state that goes on, or comes back this soon, is the same thing: its row is counted and nobody is told again. */
const SAME_WITHIN_MS = 30 * 60_000;

/**
 * Told once, and raised again by its owner until it is: it waits for a store that can say whether it was told and takes it. Told at once it would
 * be told at every look while the store fails, and again after a restart.
 */
const UNTIL_KEPT = 'until kept';

export type Raised = AlertDraft & {
  readonly environment: AlertEnvironment | null;
  readonly link: string;
  /** What makes two of them the same thing; a kind alone when left out. */
  readonly about?: string;
  /** Of a single event, such as a record: it is never raised twice, however much later it is read again. */
  readonly once?: boolean | typeof UNTIL_KEPT;
};

/** What became of one alert: its row, and whether it is to be told now. */
export type Announcement = { readonly alert: Alert; readonly tell: boolean };

/** Decides what becomes a row, what is told, and what only lies in the centre. */
export type AlertDesk = {
  /**
   * Never throws: an alert that cannot be kept is told all the same, unless it will be raised again. Undefined when it was known already, or
   * waits for that.
   */
  raise(raised: Raised): Alert | undefined;
  /** Tells what is over the cap no more; for the end. */
  stop(): void;
};

export type AlertDeskOptions = {
  readonly store: AlertStore;
  /** The machine's clock, whatever the clock of the market says. */
  readonly clock: Clock;
  readonly settings: () => AlertSettings;
  /** Minutes since midnight on the machine's clock. */
  readonly minuteOfDay: (at: UnixMs) => number;
  readonly onAnnounce: (announcement: Announcement) => void;
  readonly onError: (error: unknown) => void;
};

export function createAlertDesk(options: AlertDeskOptions): AlertDesk {
  const { store, clock, settings, minuteOfDay, onAnnounce, onError } = options;
  /** Rows that no store would take, below zero so that they are never taken for stored ones. */
  let unstored = 0;
  const cap = createRateCap(clock, (more) => {
    keep({ kind: 'digest', facts: { more }, environment: null, link: '/alerts', about: String(clock.now()) }, true);
  });

  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      onError(error);
      return otherwise;
    }
  };

  /** Why it is kept and not told; null when it is told. Asks the cap last, so that only what would be told counts there. */
  function heldBack({ kind, environment }: Raised): HeldBack | null {
    const { muted, quietHours } = settings();
    if (muted.includes(kind) && mutedCounts(kind, environment)) return 'muted';
    if (!speaksIn(kind, environment)) return 'off here';
    if (ruleOf(kind).urgency === 'critical') return null;
    if (quietHours !== null && isWithin(quietHours, minuteOfDay(clock.now()))) return 'quiet hours';
    return cap.take() ? null : 'too many';
  }

  function keep(raised: Raised, passed = false): Alert | undefined {
    const { kind, environment, link } = raised;
    const at = clock.now();
    const held = passed ? null : heldBack(raised);
    const row = {
      kind,
      urgency: ruleOf(kind).urgency,
      environment,
      at,
      ...textsOf(raised),
      link,
      // What the master does not want to hear of must not ask to be read either.
      read: held === 'muted' || held === 'off here',
      heldBack: held,
    };
    unstored -= 1;
    const alert = attempt<Alert | undefined>(
      () => store.add({ ...row, key: keyOf(raised) }),
      raised.once === UNTIL_KEPT ? undefined : { ...row, id: unstored, lastAt: at, count: 1 },
    );
    if (alert === undefined) return undefined;
    attempt(() => store.prune(MOST_ALERTS), undefined);
    onAnnounce({ alert, tell: held === null });
    return alert;
  }

  return {
    raise(raised) {
      const key = keyOf(raised);
      if (raised.once === true || raised.once === UNTIL_KEPT) {
        const known = attempt(() => store.has(key), raised.once === UNTIL_KEPT);
        return known ? undefined : keep(raised);
      }
      const now = clock.now();
      const again = attempt(() => store.again(key, unixMs(Math.max(0, now - SAME_WITHIN_MS)), now), undefined);
      if (again === undefined) return keep(raised);
      onAnnounce({ alert: again, tell: false });
      return again;
    },
    stop: () => cap.stop(),
  };
}

const keyOf = ({ kind, about = '' }: Raised): string => `${kind}|${about}`;
