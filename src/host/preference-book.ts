import { draft, payloadOf } from '#core/cycle/records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import {
  DEFAULT_PREFERENCES,
  ENTRY_POLICIES,
  type PreferenceName,
  type Preferences,
  preferenceName,
  preferences,
} from '#shared/contract/preferences.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from './trading-state.ts';

/** What the master prefers. It lives in the journal (see ADR 31); the newest record of its change says what holds, the defaults until there is one. */
export type PreferenceBook = {
  get(): Preferences;
  /** Records, then applies; answers what changed. Throws Fault `storage` when it cannot be recorded, and what `mayLoosen` throws; then nothing has changed. */
  change(changes: Partial<Preferences>, ts: UnixMs): readonly PreferenceName[];
};

export type PreferenceBookOptions = {
  readonly journal: JournalStore;
  readonly logger: Pick<Logger, 'warn'>;
  readonly onChange: (preferences: Preferences) => void;
  /** Asked before a change that leaves the machine open for longer, shows more while it is locked or lets agents ask less; `what` names it. Throws to refuse. */
  readonly mayLoosen: (what: string) => void;
};

/** What a change gives away of the lock, or of what agents ask; undefined when nothing. */
export function loosened(before: Preferences, after: Preferences): string | undefined {
  const strictness = ({ askEntries }: Preferences): number => ENTRY_POLICIES.indexOf(askEntries);
  if (strictness(after) < strictness(before)) return 'let agents enter with fewer approvals';
  const minutes = ({ idleMinutes }: Preferences): number => idleMinutes ?? Number.POSITIVE_INFINITY;
  if (minutes(after) > minutes(before)) return 'leave the faces open for longer';
  return before.hideAmountsWhenLocked && !after.hideAmountsWhenLocked ? 'show amounts while locked' : undefined;
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/**
 * Preferences as a record has them. One that this version does not know is left out, one that it lacks or cannot read gets its default, which
 * the log tells: a taste must never keep the engine from starting.
 */
export function recordedPreferences(
  recorded: Readonly<Record<string, unknown>>,
  logger: Pick<Logger, 'warn'>,
): Preferences {
  const known = Object.fromEntries(
    preferenceName.options.flatMap((name) => {
      const value = recorded[name];
      if (value === undefined) return [];
      const read = preferences.shape[name].safeParse(value);
      if (!read.success) logger.warn('a recorded preference cannot be read; its default holds', { name });
      return read.success ? [[name, read.data]] : [];
    }),
  );
  return preferences.parse({ ...DEFAULT_PREFERENCES, ...known });
}

export function openPreferenceBook({ journal, logger, onChange, mayLoosen }: PreferenceBookOptions): PreferenceBook {
  const last = journal.readCycle(SYSTEM_CYCLE).findLast((record) => record.type === 'preferences.changed');
  let current =
    last === undefined
      ? DEFAULT_PREFERENCES
      : recordedPreferences(payloadOf(last, 'preferences.changed').preferences, logger);
  return {
    get: () => current,
    change(changes, ts) {
      const wanted = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const next = preferences.parse({ ...current, ...wanted });
      const changed = preferenceName.options.filter((name) => !same(next[name], current[name]));
      if (changed.length === 0) return changed;
      const given = loosened(current, next);
      if (given !== undefined) mayLoosen(given);
      journal.append(SYSTEM_CYCLE, [
        draft(SYSTEM_RUN, ts, 'preferences.changed', { preferences: next, changed: [...changed] }),
      ]);
      current = next;
      onChange(next);
      return changed;
    },
  };
}
