import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import type { Hash } from '#core/domain/ids.ts';
import { createChain, GENESIS } from '#core/journal/chain.ts';
import { type HeadWitness, RECORD_TYPES, type StoredRecord } from '#core/journal/types.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import * as fc from '../support/seeded-check.ts';

const chain = createChain(sha256);

type Fact = { readonly run: number; readonly ts: number; readonly type: string; readonly payload: unknown };

const fact: fc.Arbitrary<Fact> = fc.record({
  run: fc.integer({ min: 1, max: 3 }),
  ts: fc.integer({ min: 0, max: 2_000_000_000_000 }),
  type: fc.constantFrom(...RECORD_TYPES),
  payload: fc.jsonValue(),
});

/** Builds a chained journal; each `run` number is a cycle with a run id of its own. */
function build(facts: readonly Fact[]): readonly StoredRecord[] {
  const runs = new Map<string, { runSeq: number; runHash: string }>();
  let hash: string = GENESIS;
  return facts.map((item, index) => {
    const runId = `R-${item.run}`;
    const run = runs.get(runId) ?? { runSeq: 0, runHash: chain.runGenesis(runId) };
    const base = {
      seq: index + 1,
      cycle: item.run,
      runId,
      runSeq: run.runSeq + 1,
      ts: item.ts,
      type: item.type,
      payloadText: canonicalJson(item.payload),
    };
    const runHash = chain.nextRunHash(run.runHash, base);
    hash = chain.nextHash(hash, { ...base, runHash });
    runs.set(runId, { runSeq: base.runSeq, runHash });
    return { ...base, runHash, hash };
  });
}

const headOf = (records: readonly StoredRecord[], exact = true): HeadWitness => {
  const last = records.at(-1);
  return { name: 'the head', exact, head: { seq: last?.seq ?? 0, hash: (last?.hash ?? GENESIS) as Hash } };
};

const flip = (text: string): string => (text.startsWith('0') ? '1' : '0') + text.slice(1);

const EDITS: { readonly [column: string]: (record: StoredRecord) => StoredRecord } = {
  cycle: (r) => ({ ...r, cycle: r.cycle + 1 }),
  runId: (r) => ({ ...r, runId: `${r.runId}x` }),
  runSeq: (r) => ({ ...r, runSeq: r.runSeq + 1 }),
  ts: (r) => ({ ...r, ts: r.ts + 1 }),
  type: (r) => ({ ...r, type: r.type === 'order.filled' ? 'order.accepted' : 'order.filled' }),
  payloadText: (r) => ({ ...r, payloadText: `${r.payloadText} ` }),
  runHash: (r) => ({ ...r, runHash: flip(r.runHash) }),
  hash: (r) => ({ ...r, hash: flip(r.hash) }),
};

const runHeadOf9 = (records: readonly StoredRecord[]): string | undefined =>
  records.findLast((record) => record.cycle === 9)?.runHash;

const journals = fc.array(fact, { minLength: 2, maxLength: 25 });

describe('the hash chain over any journal', () => {
  it('passes an untouched journal and answers its head', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 25 }), (facts) => {
        const records = build(facts);
        const head = headOf(records);
        expect(chain.verify(records, [head])).toEqual({ ok: true, records: records.length, head: head.head.hash });
      }),
      { numRuns: 200 },
    );
  });

  it('names the edited record for an edit of any column', () => {
    fc.assert(
      fc.property(journals, fc.nat(), fc.constantFrom(...Object.keys(EDITS)), (facts, at, column) => {
        const records = [...build(facts)];
        const index = at % records.length;
        const witness = headOf(records);
        const victim = records[index];
        const edit = EDITS[column];
        if (victim === undefined || edit === undefined) throw new Error('no such record');
        records[index] = edit(victim);
        expect(chain.verify(records, [witness])).toMatchObject({ ok: false, firstBadSeq: index + 1, records: index });
      }),
      { numRuns: 1000 },
    );
  });

  it('names the place of a deletion, with and without renumbering', () => {
    fc.assert(
      fc.property(journals, fc.nat(), fc.boolean(), (facts, at, renumber) => {
        const records = build(facts);
        const index = at % records.length;
        const rest = records
          .filter((_, i) => i !== index)
          .map((record, i) => (renumber ? { ...record, seq: i + 1 } : record));
        expect(chain.verify(rest, [headOf(records)])).toMatchObject({ ok: false, firstBadSeq: index + 1 });
      }),
      { numRuns: 400 },
    );
  });

  it('names the first of two swapped records', () => {
    fc.assert(
      fc.property(journals, fc.nat(), fc.nat(), (facts, a, b) => {
        const records = [...build(facts)];
        const [i, j] = [a % records.length, b % records.length].sort((x, y) => x - y) as [number, number];
        fc.pre(i !== j);
        const [first, second] = [records[i], records[j]];
        if (first === undefined || second === undefined) throw new Error('no such record');
        records[i] = { ...second, seq: first.seq };
        records[j] = { ...first, seq: second.seq };
        expect(chain.verify(records, [headOf(build(facts))])).toMatchObject({ ok: false, firstBadSeq: i + 1 });
      }),
      { numRuns: 400 },
    );
  });

  it('names the first missing record of a cut tail, from either kind of head', () => {
    fc.assert(
      fc.property(journals, fc.nat(), fc.boolean(), (facts, at, exact) => {
        const records = build(facts);
        const kept = at % records.length;
        expect(chain.verify(records.slice(0, kept), [headOf(records, exact)])).toMatchObject({
          ok: false,
          firstBadSeq: kept + 1,
          records: kept,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('cannot see a cut tail without a head, which is why heads are kept', () => {
    const records = build([1, 2, 3].map((n) => ({ run: 1, ts: n, type: 'order.filled', payload: n })));
    expect(chain.verify(records.slice(0, 2), [])).toMatchObject({ ok: true, records: 2 });
  });

  it('sees a wholly recomputed chain through a head kept outside, and accepts one that lags', () => {
    fc.assert(
      fc.property(journals, fc.nat(), (facts, at) => {
        const index = at % facts.length;
        const honest = build(facts);
        const forged = build(facts.map((item, i) => (i === index ? { ...item, ts: item.ts + 1 } : item)));
        const outside: HeadWitness = { ...headOf(honest), exact: false };
        expect(chain.verify(forged, [headOf(forged), outside])).toMatchObject({
          ok: false,
          firstBadSeq: honest.length,
        });
        const lagging: HeadWitness = { ...headOf(honest.slice(0, index)), exact: false };
        expect(chain.verify(honest, [headOf(honest), lagging])).toMatchObject({ ok: true });
      }),
      { numRuns: 200 },
    );
  });

  it('refuses records beyond an exact head', () => {
    const records = build([1, 2, 3].map((n) => ({ run: 1, ts: n, type: 'order.filled', payload: n })));
    expect(chain.verify(records, [headOf(records.slice(0, 2))])).toMatchObject({ ok: false, firstBadSeq: 3 });
  });

  it('gives a run the same head whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 10 }),
        journals,
        fc.array(fact, { maxLength: 10 }),
        (before, own, after) => {
          const ours = own.map((item) => ({ ...item, run: 9 }));
          expect(runHeadOf9(build([...before, ...ours, ...after]))).toBe(runHeadOf9(build(ours)));
        },
      ),
      { numRuns: 200 },
    );
  });
});
