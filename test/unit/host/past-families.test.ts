import { describe, expect, it } from 'vitest';
import type { Regime } from '#core/analyst/types.ts';
import { draft, type Payloads } from '#core/cycle/records.ts';
import { type Hash, type InstrumentId, type RunId, unixMs } from '#core/domain/ids.ts';
import type { FamilyName } from '#core/domain/strategy.ts';
import type { JournalDraft, JournalRecord, RecordType } from '#core/journal/types.ts';
import { createPastFamilies } from '#host/strategies/past-families.ts';

const BTC = 'BTC/USDT.SIM' as InstrumentId;
const MARKET = { instrumentId: BTC, interval: '5m', environment: 'simulated' } as const;

/** A past of records, each of them one later than the one before. */
function past() {
  const families = createPastFamilies();
  let seq = 0;
  const note = (cycle: number, type: RecordType, payload: object): void => {
    const written: JournalDraft = draft('R' as RunId, unixMs((seq + 1) * 1000), type, payload as Payloads[RecordType]);
    seq += 1;
    const record: JournalRecord = { ...written, seq, cycle, runSeq: 1, runHash: '' as Hash, hash: '' as Hash };
    families.note(record);
  };
  const spawned = (cycle: number, family: FamilyName, regime: Regime, market: object = {}): void => {
    note(cycle, 'cycle.started', { ...MARKET, account: 'standing', ...market });
    note(cycle, 'agent.spawned', { spec: { family, regime } });
  };
  return { families, note, spawned, now: () => unixMs(seq * 1000) };
}

describe('what was spawned in a market before', () => {
  it('is the newest of all and of each regime, of this market alone, and of no run in a world of its own', () => {
    const { families, spawned, now } = past();
    expect(families.lastOf(MARKET, unixMs(9e12), 99)).toBeUndefined();
    spawned(1, 'trend-following', 'trending_up');
    spawned(2, 'mean-reversion', 'ranging');
    spawned(3, 'dca', 'trending_up');
    spawned(4, 'reversal', 'ranging', { interval: '1h' });
    spawned(5, 'scalping', 'ranging', { account: 'run' });
    spawned(6, 'scalping', 'ranging', { environment: 'paper' });
    expect(families.lastOf(MARKET, now(), 99)).toEqual({
      newest: { family: 'dca', regime: 'trending_up' },
      inRegime: { trending_up: 'dca', ranging: 'mean-reversion' },
    });
  });

  it('is what was known at the moment and before the record, so that a repeat knows no more than the first time', () => {
    const { families, spawned, now } = past();
    spawned(1, 'trend-following', 'trending_up');
    spawned(2, 'dca', 'trending_up');
    expect(families.lastOf(MARKET, now(), 3)?.newest.family).toBe('trend-following');
    expect(families.lastOf(MARKET, unixMs(3999), 99)?.newest.family).toBe('trend-following');
    expect(families.lastOf(MARKET, now(), 99)?.newest.family).toBe('dca');
    expect(families.lastOf(MARKET, now(), 2)).toBeUndefined();
  });

  it('lists the switches, the newest first', () => {
    const { families, note } = past();
    for (const why of ['first', 'second', 'third']) note(1, 'strategy.switched', { why });
    expect(families.switches(2).map(({ payload }) => (payload as { readonly why: string }).why)).toEqual([
      'third',
      'second',
    ]);
  });
});
