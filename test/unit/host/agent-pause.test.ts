import { describe, expect, it } from 'vitest';
import { type AgentId, unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { TradingState } from '#core/risk/types.ts';
import { createAgentPause } from '#host/cycles/agent-pause.ts';

const AGENT = 'A-1f2e3d4c' as AgentId;

function rig() {
  const state = { trading: 'active' as TradingState, proof: true, atWork: true, full: false };
  const stopped = createAbortSource();
  const told: string[] = [];
  const pause = createAgentPause({
    journal: {
      write(type, _ts, payload) {
        if (state.full) throw new Fault('storage', 'the disk is full', 'make room');
        told.push(`${type} ${JSON.stringify(payload)}`);
      },
    },
    atWork: () =>
      state.atWork
        ? {
            desk: { agentId: AGENT, cancelEntries: (reason) => void told.push(`entries canceled: ${reason}`) },
            now: unixMs(5),
          }
        : undefined,
    stopped: stopped.token,
    tradingState: () => state.trading,
    mayRaise(what) {
      if (!state.proof) throw new Fault('step_up', `to ${what}, prove that it is you`, 'confirm it');
    },
  });
  return { state, stopped, told, pause };
}
const act = (reason: string) => ({ reason, by: 'window' }) as const;

describe('the pause of one agent', () => {
  it('is recorded, then holds, and takes back what would open; a second time changes nothing', () => {
    const { pause, told } = rig();
    pause.pause(act('news'));
    pause.pause(act('again'));
    expect(pause.why()).toBe('news');
    expect(told).toEqual([
      `agent.paused {"agentId":"${AGENT}","reason":"news","by":"window"}`,
      'entries canceled: paused: news',
    ]);
  });

  it('does not hold when it cannot be recorded', () => {
    const { pause, state } = rig();
    state.full = true;
    expect(() => pause.pause(act('news'))).toThrow('the disk is full');
    expect(pause.why()).toBeUndefined();
  });

  it('is lifted with a proof alone, and not while trading is halted; either leaves it as it is', () => {
    const { pause, state, told } = rig();
    pause.pause(act('news'));
    state.proof = false;
    expect(() => pause.resume(act('calm'))).toThrow('to resume an agent, prove that it is you');
    state.proof = true;
    state.trading = 'halted';
    expect(() => pause.resume(act('calm'))).toThrow('trading is halted');
    expect([pause.why(), told.length]).toEqual(['news', 2]);
    state.trading = 'active';
    pause.resume(act('calm'));
    expect(pause.why()).toBeUndefined();
    expect(told.at(-1)).toBe(`agent.resumed {"agentId":"${AGENT}","reason":"calm","by":"window"}`);
  });

  it('is refused where nothing could be paused or resumed, with the reason', () => {
    const { pause, state, stopped } = rig();
    expect(() => pause.resume(act('calm'))).toThrow(`${AGENT} is not paused`);
    stopped.abort('retired: enough');
    expect(() => pause.pause(act('news'))).toThrow(`${AGENT} decides nothing any more: retired: enough`);
    state.atWork = false;
    expect(() => pause.pause(act('news'))).toThrow('no agent at work');
  });
});
