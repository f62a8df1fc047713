import { describe, expect, it } from 'vitest';
import { createRestartPolicy } from '#host/restart-policy.ts';

const settings = { firstPauseMs: 200, longestPauseMs: 1_000, maxCrashes: 6, windowMs: 600_000 };

describe('when a crashed worker may start again', () => {
  it('doubles the pause up to its bound and then gives up', () => {
    const policy = createRestartPolicy(settings);
    const verdicts = [0, 1, 2, 3, 4, 5].map((at) => policy.crashed(at));
    expect(verdicts).toEqual([
      { kind: 'retry', afterMs: 200 },
      { kind: 'retry', afterMs: 400 },
      { kind: 'retry', afterMs: 800 },
      { kind: 'retry', afterMs: 1_000 },
      { kind: 'retry', afterMs: 1_000 },
      { kind: 'give_up', crashes: 6 },
    ]);
  });

  it('forgets crashes that lie outside the window', () => {
    const policy = createRestartPolicy(settings);
    for (const at of [0, 1, 2, 3, 4]) policy.crashed(at);
    expect(policy.crashed(700_000)).toEqual({ kind: 'retry', afterMs: 200 });
  });
});
