import { describe, expect, it } from 'vitest';
import type { StrategyFamily } from '#core/agent/types.ts';
import { agentSteps } from '#core/cycle/agent-life.ts';
import type { EntryAnswer } from '#core/cycle/asked-entry.ts';
import type { CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { at, candle, instrument } from '../../support/trading-builders.ts';
import { accountOf, deskOn } from '../pitfalls/desk-rig.ts';

const WARM = 60;
/** A market that stands at 100 and swings two either way, which makes its ATR four. */
const flat = (slot: number): ClosedCandle => candle(slot, 100, 102, 98, 100);
const HISTORY: CandleSeries = { interval: '1h', candles: Array.from({ length: WARM }, (_, slot) => flat(slot)) };

/** An agent that wants to buy at every close, and to sell at the third candle that it holds; the test pauses it. */
function agentThatBuys({ asks = false }: { readonly asks?: boolean } = {}) {
  let paused: string | undefined;
  let questions = 0;
  const rig = deskOn({
    name: 'paused',
    instrument,
    interval: '1h',
    at: at(WARM),
    account: accountOf('10000', at(WARM)),
    master: {
      access: () => ({
        mode: asks ? 'semi' : 'full',
        lock: 'open',
        by: 'agent',
        brief: 'approved',
        asks: asks ? 'every' : 'live',
        paused,
      }),
      askEntry: (_question, _stale, stop) => {
        questions += 1;
        return new Promise<EntryAnswer>((resolve) => {
          stop.onAbort((why) => resolve({ kind: 'declined', why }));
        });
      },
    },
  });
  const family = {
    decide: ({ holding, barsHeld, asOf }: { holding: boolean; barsHeld: number; asOf: number }) => ({
      kind: holding ? (barsHeld >= 3 ? 'exit' : 'hold') : 'enter',
      direction: 'long',
      reason: 'because',
      decidedAt: asOf,
    }),
  } as unknown as StrategyFamily;
  const decided: string[] = [];
  const steps = agentSteps({
    spec: rig.spec,
    agentId: rig.desk.agentId,
    spawnedAt: at(WARM),
    series: HISTORY,
    desk: rig.desk,
    journal: {
      write: (_type, _ts, payload) => {
        const { intent } = payload as { intent?: { kind: string; reason: string } };
        if (intent !== undefined) decided.push(`${intent.kind}: ${intent.reason}`);
      },
      writeAll: () => undefined,
    },
    abort: createAbortSource().token,
    paused: () => paused,
    report: (fault) => {
      throw fault;
    },
    families: () => family,
  });
  return {
    rig,
    steps,
    decided,
    questions: () => questions,
    pause(why: string): void {
      paused = why;
      rig.desk.cancelEntries(`paused: ${why}`, rig.desk.now());
    },
    resume(): void {
      paused = undefined;
    },
    resting: () =>
      rig.desk
        .orders()
        .filter(({ status }) => status === 'accepted')
        .map(({ purpose }) => purpose),
    denied: () => rig.records.flatMap((record) => (record.type === 'risk.denied' ? [record.payload.reason] : [])),
  };
}

describe('a paused agent', () => {
  it('takes back the entry that it had sent, opens nothing while it is paused, and opens again once it is not', () => {
    const { rig, steps, decided, pause, resume, resting } = agentThatBuys();
    steps.next();
    expect(resting()).toEqual(['entry']);
    pause('news at noon');
    expect(resting()).toEqual([]);
    expect(rig.records.flatMap((record) => (record.type === 'order.canceled' ? [record.payload.reason] : []))).toEqual([
      'paused: news at noon',
    ]);
    steps.next(flat(WARM));
    steps.next(flat(WARM + 1));
    expect(rig.desk.holding()).toBe(false);
    expect(decided.slice(1)).toEqual([
      'hold: no entry while paused: news at noon (wanted: because)',
      'hold: no entry while paused: news at noon (wanted: because)',
    ]);
    resume();
    steps.next(flat(WARM + 2));
    steps.next(flat(WARM + 3));
    expect(rig.desk.holding()).toBe(true);
  });

  it('keeps its stop and target resting, and sells when its strategy says so', () => {
    const { rig, steps, decided, pause, resting } = agentThatBuys();
    steps.next();
    steps.next(flat(WARM));
    expect(resting().toSorted()).toEqual(['stop', 'target']);
    pause('for a while');
    expect(resting().toSorted()).toEqual(['stop', 'target']);
    let step = steps.next(flat(WARM + 1));
    for (let slot = WARM + 2; step.done !== true && slot < WARM + 8; slot++) step = steps.next(flat(slot));
    expect(step).toMatchObject({ done: true, value: { interrupted: false } });
    expect(decided.at(-1)).toBe('exit: because');
    expect(rig.desk.holding()).toBe(false);
    expect(resting()).toEqual([]);
  });

  it('withdraws the entry that waits for the master, goes on, and asks anew once it may open again', async () => {
    const { rig, steps, pause, resume, questions } = agentThatBuys({ asks: true });
    steps.next();
    expect([rig.desk.entering(), questions()]).toEqual([true, 1]);
    pause('no more today');
    await new Promise((resolve) => setImmediate(resolve));
    expect(rig.desk.entering()).toBe(false);
    expect(steps.next(undefined).done).toBe(false);
    expect(steps.next(flat(WARM)).done).toBe(false);
    expect(questions()).toBe(1);
    resume();
    steps.next(flat(WARM + 1));
    expect(questions()).toBe(2);
  });

  it('is refused by the gate whatever it asks for', () => {
    const { rig, pause, denied } = agentThatBuys();
    pause('by the master');
    rig.enter(HISTORY, at(WARM));
    expect(denied()).toEqual(['the agent is paused: by the master']);
    expect(rig.desk.orders()).toEqual([]);
  });
});
