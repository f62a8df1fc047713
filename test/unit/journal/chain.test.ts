import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { GENESIS, nextHash, nextRunHash, runGenesis } from '#core/journal/chain.ts';
import type { StoredRecord } from '#core/journal/types.ts';

const record: Omit<StoredRecord, 'hash'> = {
  seq: 7,
  cycle: 2,
  runId: 'R-0123456789ab',
  runSeq: 3,
  ts: 1_700_000_000_000,
  type: 'order.filled',
  payloadText: '{"price":"1.50"}',
  runHash: 'a'.repeat(64),
};
const previous = 'b'.repeat(64);

// Written from the description alone, with nothing of the implementation.
const H = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const payloadHash = H('mt/journal/payload/v1\n{"price":"1.50"}');

describe('the hash chain', () => {
  it('can be recomputed by a stranger from the written description', () => {
    const run = H(`["mt/journal/run/v1","${previous}",3,1700000000000,"order.filled","${payloadHash}"]`);
    expect(nextRunHash(sha256, previous, record)).toBe(run);
    const whole = H(
      `["mt/journal/record/v1","${previous}",7,2,"R-0123456789ab",3,1700000000000,"order.filled","${payloadHash}","${'a'.repeat(64)}"]`,
    );
    expect(nextHash(sha256, previous, record)).toBe(whole);
    expect(runGenesis(sha256, 'R-0123456789ab')).toBe(H('mt/journal/run-genesis/v1\nR-0123456789ab'));
    expect(GENESIS).toBe('0'.repeat(64));
  });

  const edits: readonly Partial<StoredRecord>[] = [
    { seq: 8 },
    { cycle: 3 },
    { runId: 'R-0123456789ac' },
    { runSeq: 4 },
    { ts: record.ts + 1 },
    { type: 'order.accepted' },
    { payloadText: '{"price": "1.50"}' },
    { runHash: 'c'.repeat(64) },
  ];
  it.each(edits.map((edit) => [Object.keys(edit)[0] ?? '', edit] as const))(
    'covers %s in the record hash',
    (_, edit) => {
      expect(nextHash(sha256, previous, { ...record, ...edit })).not.toBe(nextHash(sha256, previous, record));
    },
  );
  it('covers the previous hash in both chains', () => {
    expect(nextHash(sha256, GENESIS, record)).not.toBe(nextHash(sha256, previous, record));
    expect(nextRunHash(sha256, GENESIS, record)).not.toBe(nextRunHash(sha256, previous, record));
  });

  const runEdits = edits.filter((edit) => 'runSeq' in edit || 'ts' in edit || 'type' in edit || 'payloadText' in edit);
  it.each(runEdits.map((edit) => [Object.keys(edit)[0] ?? '', edit] as const))(
    'covers %s in the run hash',
    (_, edit) => {
      expect(nextRunHash(sha256, previous, { ...record, ...edit })).not.toBe(nextRunHash(sha256, previous, record));
    },
  );
  it('keeps the place in the journal out of the run hash', () => {
    const elsewhere = { ...record, seq: 900, cycle: 44, runHash: 'd'.repeat(64) };
    expect(nextRunHash(sha256, previous, elsewhere)).toBe(nextRunHash(sha256, previous, record));
  });
  it('gives each run its own start', () => {
    expect(runGenesis(sha256, 'R-1')).not.toBe(runGenesis(sha256, 'R-2'));
  });
});
