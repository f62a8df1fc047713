import { describe, expect, it } from 'vitest';
import { agentProgress } from '#shared/format/agent-progress.ts';
import { finishedCycle, runningCycle } from '../../terminal/run-states.ts';

describe('where an agent at work stands', () => {
  const running = runningCycle();
  const expiresAt = running.agentSpec?.lifespan.expiresAt ?? 0;

  it('says its candle, what it holds with stop and target, and how long our own clock has to wait', () => {
    const entry = running.fills[0];
    const priceOf = (purpose: string) => running.orders.find((order) => order.purpose === purpose)?.price;
    expect(agentProgress(running, { marketTime: expiresAt - 3_600_000, speed: 60 })).toEqual({
      candle: 3,
      most: running.agentSpec?.lifespan.maxBars,
      leftMs: 60_000,
      held: { quantity: entry?.quantity, entry: entry?.price, stop: priceOf('stop'), target: priceOf('target') },
      entering: false,
    });
  });

  it('promises no time where the market does not follow our clock, and never a time before now', () => {
    expect(agentProgress(running, { marketTime: expiresAt, speed: 0 })?.leftMs).toBeNull();
    expect(agentProgress(running, null)?.leftMs).toBeNull();
    expect(agentProgress(running, { marketTime: expiresAt + 5_000, speed: 60 })?.leftMs).toBe(0);
  });

  it('knows an entry on its way from a position, and a position from one that was sold', () => {
    const entering = {
      ...running,
      fills: [],
      orders: running.orders.map((order) =>
        order.purpose === 'entry'
          ? { ...order, status: 'accepted' as const }
          : { ...order, status: 'initialized' as const },
      ),
    };
    expect(agentProgress(entering, null)).toMatchObject({ held: null, entering: true });
    const sold = { ...finishedCycle(), state: 'running' as const };
    expect(agentProgress(sold, null)).toMatchObject({ held: null, entering: false });
  });

  it('is nothing where no agent is at work', () => {
    expect(agentProgress(finishedCycle(), null)).toBeNull();
    expect(agentProgress({ ...running, agentId: null }, null)).toBeNull();
  });
});
