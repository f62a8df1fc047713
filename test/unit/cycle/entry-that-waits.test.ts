import { describe, expect, it } from 'vitest';
import type { StrategyFamily } from '#core/agent/types.ts';
import { agentSteps } from '#core/cycle/agent-life.ts';
import type { EntryAnswer, EntryQuestion } from '#core/cycle/asked-entry.ts';
import type { CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { at, candle, instrument } from '../../support/trading-builders.ts';
import { accountOf, deskOn } from '../pitfalls/desk-rig.ts';

const WARM = 60;
/** A market that stands at 100 and swings two either way, which makes its ATR four. */
const flat = (slot: number, close = 100): ClosedCandle =>
  candle(slot, close, Math.max(close, 100) + 2, Math.min(close, 100) - 2, close);
const HISTORY: CandleSeries = { interval: '1h', candles: Array.from({ length: WARM }, (_, slot) => flat(slot)) };
const LIMITS = { riskPerTrade: '1', maxNotionalFraction: '1', maxPositions: 1, maxBars: 9 };

/** An agent that wants to buy at every close, on a market that goes on by itself, and a master who answers when the test says so. */
function waitingAgent() {
  let asked: EntryQuestion | undefined;
  let stale: () => string | undefined = () => undefined;
  let unwanted: string | undefined;
  let decide: (answer: EntryAnswer) => void = () => undefined;
  const rig = deskOn({
    name: 'waits',
    instrument,
    interval: '1h',
    at: at(WARM),
    account: accountOf('10000', at(WARM)),
    master: {
      access: () => ({ mode: 'semi', lock: 'open', by: 'agent', brief: 'approved', asks: 'every' }),
      askEntry: (question, isStale, stop) => {
        [asked, stale] = [question, isStale];
        stop.onAbort((why) => {
          unwanted = why;
        });
        return new Promise((resolve) => {
          decide = resolve;
        });
      },
    },
  });
  const family = {
    decide: ({ holding, asOf }: { holding: boolean; asOf: number }) => ({
      kind: holding ? 'hold' : 'enter',
      direction: 'long',
      reason: 'because',
      decidedAt: asOf,
    }),
  } as unknown as StrategyFamily;
  const abort = createAbortSource();
  const steps = agentSteps({
    spec: rig.spec,
    agentId: rig.desk.agentId,
    spawnedAt: at(WARM),
    series: HISTORY,
    desk: rig.desk,
    journal: { write: () => undefined, writeAll: () => undefined },
    abort: abort.token,
    report: (fault) => {
      throw fault;
    },
    families: () => family,
  });
  const answer = async (given: EntryAnswer): Promise<void> => {
    decide(given);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const kinds = (): readonly string[] =>
    rig.records
      .filter(({ type }) => /^risk\.|^order\.submitted/.test(type))
      .map(({ type, payload }) => ('check' in payload ? `${type} ${payload.check}` : type));
  return { rig, steps, abort, answer, kinds, asked: () => asked, stale: () => stale(), unwanted: () => unwanted };
}
const yes = { kind: 'approved', id: 'AP-1', limits: LIMITS } as const;

describe('an entry that waits while the market goes on', () => {
  it('is asked once, and sent when it is approved, at a price inside its bounds', async () => {
    const { steps, answer, kinds, asked, rig } = waitingAgent();
    const first = steps.next();
    expect(first.value).toMatchObject({ master: { aborted: false } });
    steps.next(flat(WARM, 100.5));
    expect([kinds(), rig.desk.entering()]).toEqual([[], true]);
    await answer(yes);
    const waits = steps.next(undefined);
    expect(waits.done).toBe(false);
    expect(kinds()).toEqual(['risk.approved', 'order.submitted']);
    steps.next(flat(WARM + 1));
    expect(rig.desk.holding()).toBe(true);
    expect(asked()?.order.side).toBe('buy');
  });

  it('is not sent when the price has left its bounds, whatever was approved, and the agent ends', async () => {
    const { steps, answer, kinds, stale, rig } = waitingAgent();
    steps.next();
    expect(stale()).toBeUndefined();
    steps.next(flat(WARM, 104));
    expect(stale()).toContain('the price is 104');
    await answer(yes);
    const end = steps.next(undefined);
    expect(end).toMatchObject({ done: true, value: { why: expect.stringContaining('the price is 104') } });
    expect(kinds()).toEqual(['risk.denied approval']);
    expect(rig.desk.orders()).toEqual([]);
  });

  it('is asked no more once it was declined', async () => {
    const { steps, answer, kinds } = waitingAgent();
    steps.next();
    await answer({ kind: 'declined', why: 'not today' });
    expect(steps.next(undefined)).toMatchObject({ done: true, value: { why: 'not today' } });
    expect(kinds()).toEqual(['risk.denied approval']);
  });

  it('is dropped when the agent is stopped; what is approved after that is sent by nobody', async () => {
    const { steps, answer, abort, unwanted, rig } = waitingAgent();
    steps.next();
    abort.abort('a kill');
    const end = steps.next(undefined);
    expect(end).toMatchObject({ done: true, value: { interrupted: true } });
    expect(unwanted()).toBe('a kill');
    await answer(yes);
    rig.desk.enterAsked(unixMs(at(WARM + 1)));
    expect(rig.desk.orders()).toEqual([]);
  });
});
