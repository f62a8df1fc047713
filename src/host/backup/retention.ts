const DAY_MS = 86_400_000;
export const HOURLY_KEPT = 24;
export const DAILY_KEPT = 30;

export type Dated = { readonly name: string; readonly createdAt: number };

/**
 * Which backups are of no use any more: kept are the newest 24, and the newest one of each of the last 30 days (UTC) that have any.
 * Counted by what is there and not by the clock: after a month away nothing is thrown out before there is something newer.
 */
export function backupsToDrop(backups: readonly Dated[]): readonly Dated[] {
  const newestFirst = backups.toSorted((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1));
  const kept = new Set(newestFirst.slice(0, HOURLY_KEPT));
  const days = new Set<number>();
  for (const backup of newestFirst) {
    const day = Math.floor(backup.createdAt / DAY_MS);
    if (days.has(day)) continue;
    if (days.size === DAILY_KEPT) break;
    days.add(day);
    kept.add(backup);
  }
  return newestFirst.filter((backup) => !kept.has(backup));
}
