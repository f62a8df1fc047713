import { describe, expect, it } from 'vitest';
import { backupsToDrop, type Dated } from '#host/backup/retention.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 7, 1);
const at = (ms: number): Dated => ({ name: new Date(START + ms).toISOString(), createdAt: START + ms });

/** Makes a backup every hour for so long, dropping each time what is of no use. */
function live(hours: number, skip: (hour: number) => boolean = () => false): readonly Dated[] {
  let kept: readonly Dated[] = [];
  for (let hour = 0; hour < hours; hour++) {
    if (skip(hour)) continue;
    const all = [...kept, at(hour * HOUR)];
    const dropped = new Set(backupsToDrop(all));
    kept = all.filter((backup) => !dropped.has(backup));
  }
  return kept;
}

describe('what is kept of backups', () => {
  it('is every one of the first day', () => {
    expect(live(24)).toHaveLength(24);
  });

  it('is the newest 24, and the newest of each of 30 days', () => {
    const kept = live(60 * 24);
    const days = kept.map(({ createdAt }) => Math.floor(createdAt / DAY));
    expect(new Set(days).size).toBe(30);
    expect(kept.slice(-24).map(({ createdAt }) => createdAt)).toEqual(
      Array.from({ length: 24 }, (_, index) => START + (60 * 24 - 24 + index) * HOUR),
    );
    expect(kept).toHaveLength(24 + 29);
    for (const { createdAt } of kept.slice(0, 29)) expect(createdAt % DAY).toBe(23 * HOUR);
  });

  it('is not thrown out by a month away', () => {
    const before = live(48);
    const after = live(48 + 40 * 24 + 1, (hour) => hour >= 48 && hour < 48 + 40 * 24);
    expect(after.length).toBeGreaterThanOrEqual(before.length - 1);
  });
});
