import type { UnixMs } from '../domain/ids.ts';

/** Arrivals in the order in which they became known, and whether each is in quarantine. */
export type Arrivals = readonly { readonly knownAt: UnixMs; readonly quarantined: boolean }[];

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 30;
/** Standard errors above the usual share; four is one honest day in thirty thousand. */
const JUMP = 4;
/** Of fewer arrivals a share means nothing. */
const LEAST = 5;
/** With no history one item in twenty may look odd; the weight of that belief is twenty items. */
const PRIOR = { flagged: 1, items: 20 };

/**
 * True when, at some moment of the day of `asOf` up to it, far more of the arrivals were in quarantine than in the 30 days before. From
 * then on no good word of that day counts: somebody is writing for this machine. Sees nothing that came after `asOf`.
 */
export function looksTamperedWith(arrivals: Arrivals, asOf: UnixMs): boolean {
  const today = Math.floor(asOf / DAY_MS) * DAY_MS;
  let { flagged, items } = PRIOR;
  let [flaggedToday, itemsToday] = [0, 0];
  for (const { knownAt, quarantined } of arrivals) {
    if (knownAt > asOf) break;
    if (knownAt < today - HISTORY_DAYS * DAY_MS) continue;
    if (knownAt < today) {
      items += 1;
      if (quarantined) flagged += 1;
      continue;
    }
    itemsToday += 1;
    if (quarantined) flaggedToday += 1;
    const share = flagged / items;
    const z = (flaggedToday - itemsToday * share) / Math.sqrt(itemsToday * share * (1 - share));
    if (itemsToday >= LEAST && z > JUMP) return true;
  }
  return false;
}
