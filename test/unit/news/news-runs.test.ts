import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '#core/journal/types.ts';
import { itemMark } from '#core/news/types.ts';
import { createNewsRuns } from '#host/news/news-runs.ts';
import { HOUR, hoursAfterNoon, NOON, newsItem, readerOf } from '#test/support/news-builders.ts';

const { item } = newsItem('Bitcoin crashes below 50,000 on heavy selling');
/** A run at noon, or so many hours later; without marks it is one of before they were kept. */
const read = (cycle: number, items: readonly string[] | undefined, hours = 0): JournalRecord =>
  ({
    type: 'news.read',
    cycle,
    runId: `R-${cycle}`,
    ts: hoursAfterNoon(hours),
    payload: { reading: {}, ...(items === undefined ? {} : { items }) },
  }) as unknown as JournalRecord;

describe('the runs that read an item', () => {
  it('are those whose record names it, the newest first', () => {
    const runs = createNewsRuns();
    const mark = itemMark(item.id);
    for (const record of [read(1, [mark]), read(2, ['0'.repeat(16)]), read(3, [mark, '0'.repeat(16)], 2)])
      runs.note(record);
    expect(runs.readersOf(item)).toEqual({
      runs: [
        { cycle: 3, runId: 'R-3', at: NOON + 2 * HOUR },
        { cycle: 1, runId: 'R-1', at: NOON },
      ],
      more: 0,
      notKept: 0,
    });
  });

  it('may be older ones of its time whose records name no items, which is not the same as none', () => {
    const runs = createNewsRuns();
    for (const [cycle, hours] of [
      [1, -2],
      [2, 0],
      [3, 90],
      [4, 100],
    ] as const)
      runs.note(read(cycle, undefined, hours));
    // It came an hour before noon: the first run was before it, and to the last one it was too old.
    expect(runs.readersOf(item)).toEqual({ runs: [], more: 0, notKept: 2 });
    expect(createNewsRuns().readersOf(item)).toEqual({ runs: [], more: 0, notKept: 0 });
  });

  it('are counted beyond the first twenty', () => {
    const runs = createNewsRuns();
    for (let cycle = 1; cycle <= 25; cycle++) runs.note(read(cycle, [itemMark(item.id)]));
    const { runs: named, more } = runs.readersOf(item);
    expect(named.map(({ cycle }) => cycle)).toEqual(Array.from({ length: 20 }, (_, i) => 25 - i));
    expect(more).toBe(5);
  });
});

describe('runs that are not looked through', () => {
  it('are known to be there, and counted in what is', () => {
    const runs = createNewsRuns();
    expect(runs.lookedAt()).toEqual({ count: 0, older: false });
    for (let cycle = 1; cycle <= 500; cycle++) runs.note(read(cycle, []));
    expect(runs.lookedAt()).toEqual({ count: 500, older: false });
    runs.note(read(501, [itemMark(item.id)]));
    expect(runs.lookedAt()).toEqual({ count: 500, older: true });
    expect(runs.readersOf(item).runs.map(({ cycle }) => cycle)).toEqual([501]);
  });
});

describe('the items of a reading', () => {
  it('are as many as it counts, and none that it leaves out', () => {
    const others = newsItem('Ethereum gains ground');
    const old = newsItem('Bitcoin steady', { publishedHoursAgo: 200 });
    const reader = readerOf([newsItem('Bitcoin rallies'), newsItem('Bitcoin falls'), others, old]);
    const items = reader.traced(NOON).items;
    expect(items).toHaveLength(reader.at(NOON).items);
    expect(items).toHaveLength(2);
    expect(items).not.toContain(itemMark(old.item.id));
  });
});
