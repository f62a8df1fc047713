import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '#core/journal/types.ts';
import { auditSummary } from '#core/projections/audit-summary.ts';

const record = (type: string, payload: unknown): JournalRecord => ({ type, payload }) as JournalRecord;

describe('the sentence about a record', () => {
  it('counts one thing as one and many as many', () => {
    const seen = (candles: number, gaps: number): string => auditSummary(record('market.snapshot', { candles, gaps }));
    expect(seen(1, 1)).toBe('Saw 1 closed candle, 1 gap');
    expect(seen(1000, 0)).toBe('Saw 1,000 closed candles, 0 gaps');
    expect(auditSummary(record('context.built', { facts: [{}] }))).toBe('Derived 1 fact');
    expect(auditSummary(record('ledger.posted', { postings: [{}], event: 'fee' }))).toBe('Booked 1 posting for fee');
    const retired = { agentId: 'A-1', barsLived: 1, why: 'time is up' };
    expect(auditSummary(record('agent.retired', retired))).toBe('Agent A-1 retired after 1 candle: time is up');
  });
});
