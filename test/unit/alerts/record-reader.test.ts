import { describe, expect, it } from 'vitest';
import type { Raised } from '#core/alerts/alert-desk.ts';
import { GROUP_MS } from '#core/alerts/fill-groups.ts';
import { createRecordReader } from '#core/alerts/record-reader.ts';
import { type Hash, type RunId, unixMs } from '#core/domain/ids.ts';
import type { JournalRecord, RecordType } from '#core/journal/types.ts';
import type { Json } from '#core/kernel/canonical-json.ts';
import { TestClock } from '#core/kernel/test-clock.ts';

import { simulatedInstrument } from '../../support/instruments.ts';

const HASH = 'a'.repeat(64) as Hash;
let seq = 0;
const record = (type: RecordType, payload: Json, cycle = 1, runId = 'R-1'): JournalRecord => {
  seq += 1;
  return {
    seq,
    cycle,
    runId: runId as RunId,
    runSeq: seq,
    runHash: HASH,
    hash: HASH,
    ts: unixMs(1_700_000_000_000),
    type,
    payload,
  };
};
const started = (environment = 'paper', cycle = 1): JournalRecord =>
  record(
    'cycle.started',
    { environment, instrumentId: 'BTC/USDT.SIM', symbol: 'BTC/USDT', market: {}, quoteAsset: 'USDT' },
    cycle,
  );
const submitted = (id: string, purpose: string): JournalRecord =>
  record('order.submitted', { clientOrderId: id, purpose, instrumentId: 'BTC/USDT.SIM' });
const filled = (
  side: 'buy' | 'sell',
  quantity: string,
  price: string,
  more: { [key: string]: Json } = {},
): JournalRecord =>
  record('order.filled', {
    clientOrderId: 'o',
    agentId: 'A-7',
    instrumentId: 'BTC/USDT.SIM',
    side,
    purpose: side === 'buy' ? 'entry' : 'stop',
    price,
    quantity,
    fee: '0.5',
    feeAsset: 'USDT',
    status: 'filled',
    ...more,
  });

function reading() {
  const clock = new TestClock(unixMs(1_700_000_000_000));
  const raised: Raised[] = [];
  const reader = createRecordReader({
    clock,
    instruments: [simulatedInstrument('BTC/USDT')],
    raise: (one) => raised.push(one),
  });
  return { reader, raised, wait: (ms: number) => clock.advanceTo(unixMs(clock.now() + ms)) };
}

describe('what records come to', () => {
  it('gathers the fills of an agent for ten seconds and gives the result of the position, fees included', () => {
    const { reader, raised, wait } = reading();
    reader.read(started());
    reader.read(filled('buy', '0.01', '60000'));
    reader.read(filled('buy', '0.01', '60000'));
    expect(reader.waitingSince()).toBe(seq - 1);
    wait(GROUP_MS - 1);
    expect(raised).toEqual([]);
    wait(1);
    expect(raised).toMatchObject([
      { kind: 'order_filled', environment: 'paper', facts: { fills: 2, quantity: '0.02', net: null } },
    ]);
    reader.read(filled('sell', '0.005', '61000', { purpose: 'target' }));
    reader.read(filled('sell', '0.015', '59000'));
    wait(GROUP_MS);
    // Bought for 1200, sold for 305 + 885, four fees of 0.5.
    expect(raised[1]).toMatchObject({ kind: 'stop_hit', facts: { fills: 2, net: '-12' } });
    expect(reader.waitingSince()).toBeUndefined();
  });

  it('names a target as one, an agent that begins, and a cycle that failed', () => {
    const { reader, raised } = reading();
    reader.read(started());
    const spec = { instrumentId: 'BTC/USDT.SIM', family: 'mean-reversion', interval: '15m' };
    reader.read(record('agent.spawned', { agentId: 'A-7', spec }));
    reader.read(filled('buy', '0.01', '60000'));
    reader.flush();
    reader.read(filled('sell', '0.01', '61000', { purpose: 'target' }));
    reader.flush();
    reader.read(record('cycle.failed', { error: 'no candles' }));
    expect(raised).toMatchObject([
      { kind: 'agent_spawned', facts: { agent: 'A-7', family: 'mean reversion' } },
      { kind: 'order_filled', facts: { side: 'buy' } },
      { kind: 'target_hit', facts: { net: '9' } },
      { kind: 'cycle_failed', facts: { cycle: 1, why: 'no candles' } },
    ]);
  });

  it('tells no result where a fee was paid in a coin', () => {
    const { reader, raised } = reading();
    reader.read(started());
    reader.read(filled('buy', '0.01', '60000', { feeAsset: 'BNB' }));
    reader.read(filled('sell', '0.01', '61000'));
    reader.flush();
    expect(raised.find(({ kind }) => kind === 'stop_hit')).toMatchObject({ facts: { net: null } });
  });

  it('cries out when a stop is refused, and not when an entry is', () => {
    const { reader, raised } = reading();
    reader.read(started('shadow'));
    for (const [id, purpose] of [
      ['one', 'entry'],
      ['two', 'stop'],
    ] as const) {
      reader.read(submitted(id, purpose));
      reader.read(record('order.rejected', { clientOrderId: id, agentId: 'A-7', reason: 'too small' }));
    }
    expect(raised).toMatchObject([
      { kind: 'position_unprotected', environment: 'shadow', facts: { why: 'too small' } },
    ]);
  });

  it('says how far from its peak an account was stopped, whose it is, and what does not add up', () => {
    const { reader, raised } = reading();
    reader.note(record('venue_account.added', { config: { name: 'main', environment: 'live' } }, 0, 'R-system'));
    reader.read(
      record(
        'risk.breached',
        { kind: 'flatten', reason: 'drawdown', equity: '9700', peakEquity: '10000' },
        0,
        'R-account-main',
      ),
    );
    expect(raised).toMatchObject([
      { kind: 'risk_breached', environment: 'live', facts: { fromPeak: '-0.03', act: 'flatten' } },
    ]);
    reader.note(started('simulated', 4));
    reader.note(record('agent.spawned', { agentId: 'A-9' }, 4));
    const ended = { netPnl: '-3', r: '-0.5', reason: 'time', reconciliation: { difference: '0.01' } };
    reader.read(record('cycle.completed', ended, 4));
    expect(raised.slice(1)).toMatchObject([
      { kind: 'agent_ended', link: '/agents/A-9', facts: { net: '-3' } },
      { kind: 'account_mismatch', facts: { why: '0.01 USDT are not explained' } },
    ]);
  });

  it('tells nothing of what it is only reminded of, and nothing of a cycle that traded nothing', () => {
    const { reader, raised } = reading();
    for (const one of [started(), filled('buy', '0.01', '60000'), record('cycle.failed', { error: 'x' })])
      reader.note(one);
    reader.read(started('simulated', 2));
    reader.read(
      record('cycle.completed', { netPnl: '0', r: '0', reason: 'x', reconciliation: { difference: '0' } }, 2),
    );
    reader.flush();
    expect(raised).toEqual([]);
  });
});

describe('an approval', () => {
  const ask = (id: string, minutes: number): JournalRecord =>
    record(
      'approval.requested',
      {
        id,
        kind: 'brief',
        environment: 'paper',
        instrumentId: 'ETH/USDT.BINANCE',
        spec: { family: 'trend-following' },
        expiresAt: 1_700_000_000_000 + minutes * 60_000,
      },
      0,
      'R-system',
    );

  it('is told when it is asked for, and once more two minutes before it lapses', () => {
    const { reader, raised, wait } = reading();
    reader.read(ask('AP-1', 10));
    expect(raised).toMatchObject([{ kind: 'approval_needed', link: '/approvals/AP-1', facts: { minutesLeft: 10 } }]);
    wait(8 * 60_000 - 1);
    expect(raised).toHaveLength(1);
    wait(1);
    expect(raised[1]).toMatchObject({ kind: 'approval_needed', facts: { id: 'AP-1', minutesLeft: 2 } });
  });

  it('is not reminded of once it was decided, nor told when it is over already', () => {
    const { reader, raised, wait } = reading();
    reader.read(ask('AP-1', 10));
    reader.read(record('approval.approved', { id: 'AP-1' }, 0, 'R-system'));
    reader.read(ask('AP-2', -1));
    wait(20 * 60_000);
    expect(raised).toHaveLength(1);
  });
});
