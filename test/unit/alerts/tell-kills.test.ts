import { describe, expect, it } from 'vitest';
import type { Raised } from '#host/alerts/open-alerts.ts';
import { tellKills } from '#host/alerts/tell-kills.ts';
import type { KillSwitch } from '#host/kill-switch/kill-switch.ts';

/** A kill switch whose steps come out like this. */
function killing(...done: readonly boolean[]) {
  const raised: Raised[] = [];
  const steps = done.map((well, at) => ({ name: `step ${at + 1}`, done: well, detail: `detail ${at + 1}`, ts: at }));
  const killSwitch = { kill: () => Promise.resolve({ steps, verb: 'flatten' }) } as unknown as KillSwitch;
  return { raised, told: tellKills(killSwitch, { raise: (one) => raised.push(one) }) };
}

describe('what is told of a kill', () => {
  it('is that all of it was done', async () => {
    const { raised, told } = killing(true, true);
    await told.kill({ verb: 'flatten', reason: 'a test' });
    expect(raised).toMatchObject([{ kind: 'kill_done', facts: { verb: 'flatten', steps: 2, why: 'a test' } }]);
  });

  it('is the first step that was not done, with how many were', async () => {
    const { raised, told } = killing(true, false, true, false);
    await told.kill({ verb: 'flatten', reason: 'a test' });
    expect(raised).toMatchObject([
      { kind: 'kill_failed', facts: { done: 2, steps: 4, step: 'step 2', detail: 'detail 2' } },
    ]);
  });
});
