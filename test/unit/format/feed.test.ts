import { describe, expect, it } from 'vitest';
import { buildFeed } from '#shared/format/feed.ts';
import { frames } from '#test/renderer/support/sample-cycle.ts';

const finished = frames('traded', 1).at(-1);
if (finished === undefined) throw new Error('the script has no end');

describe('the decision feed', () => {
  it('tells decisions, orders and fills as one story, newest first', () => {
    const feed = buildFeed(finished);
    const times = feed.map((item) => item.ts);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(feed.map((item) => item.kind)).toEqual([
      'fill',
      'decision',
      'order',
      'order',
      'fill',
      'order',
      'decision',
      'decision',
    ]);
  });

  it('joins holds that say the same, and counts them', () => {
    const holds = buildFeed(finished).flatMap((item) =>
      item.kind === 'decision' && item.decision.kind === 'hold' ? [[item.decision.reason, item.times]] : [],
    );
    expect(holds).toEqual([
      ['holds: target and stop stand, mean not reached', 5],
      ['price is inside the band (z −0.9), waits for −1.5', 1],
    ]);
  });

  it('never joins two entries, even when their reasons are the same', () => {
    const enter = { agentId: 'A', ts: 1, kind: 'enter', reason: 'same' } as const;
    expect(buildFeed({ decisions: [enter, { ...enter, ts: 2 }], orders: [], fills: [] })).toHaveLength(2);
  });
});
