import { describe, expect, it } from 'vitest';
import { lockEventOf } from '#core/cycle/lock-events.ts';
import { draft } from '#core/cycle/records.ts';
import {
  add,
  compare,
  type Decimal,
  decimal,
  equals,
  formatDecimal,
  isNegative,
  multiply,
  parseDecimal,
  subtract,
  ZERO,
} from '#core/domain/decimal.ts';
import { type Hash, type RunId, type TradeId, unixMs } from '#core/domain/ids.ts';
import { money, price, quantity } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import type { JournalDraft, JournalRecord } from '#core/journal/types.ts';
import {
  createProfitLock,
  dueLock,
  type LockEvent,
  type LockState,
  parseLockPolicy,
  realisedProfit,
  releaseOf,
} from '#core/ledger/profit-lock.ts';
import * as fc from '../support/seeded-check.ts';
import { at, fillOf, instrument, USDT } from '../support/trading-builders.ts';
import { accountOf } from '../unit/pitfalls/desk-rig.ts';

/** One thing that happens on an account: a fill, another policy, or a release by the master. */
const step = fc.record({
  what: fc.constantFrom('trade', 'trade', 'trade', 'trade', 'policy', 'release'),
  lots: fc.integer({ min: 1, max: 500 }),
  cents: fc.integer({ min: 100, max: 1_000_000 }),
  fee: fc.bigInt({ min: 0n, max: 10n ** 8n }),
  share: fc.integer({ min: 0, max: 1000 }),
  threshold: fc.integer({ min: 0, max: 200 }),
});

const asRecord = (seq: number, { type, payload }: JournalDraft): JournalRecord => ({
  seq,
  cycle: 0,
  runSeq: seq,
  runHash: '' as Hash,
  hash: '' as Hash,
  runId: 'R' as RunId,
  ts: unixMs(0),
  type,
  payload,
});

/** The record of an event, as a journal would give it back. */
function recorded(event: LockEvent, seq: number): JournalRecord {
  const text = formatDecimal;
  const run = 'R' as RunId;
  const now = unixMs(0);
  if (event.kind === 'policy')
    return asRecord(
      seq,
      draft(run, now, 'profit.policy_set', {
        share: text(event.policy.share),
        threshold: text(event.policy.threshold),
        water: text(event.water),
        reason: 'because',
      }),
    );
  if (event.kind === 'released')
    return asRecord(seq, draft(run, now, 'profit.released', { amount: text(event.amount), locked: '0', reason: 'x' }));
  if (event.kind === 'anew')
    return asRecord(
      seq,
      draft(run, now, 'account.reset', {
        asset: 'USDT',
        cash: '1',
        equityBefore: '1',
        resultBefore: '0',
        reason: 'x',
      }),
    );
  const { amount, water } = event;
  return asRecord(
    seq,
    draft(run, now, 'profit.locked', { amount: text(amount), water: text(water), locked: '0', why: 'x' }),
  );
}

const textOf = ({ locked, water, policy }: LockState) =>
  [locked, water, policy.share, policy.threshold].map(formatDecimal);

describe('the locked profit of an account', () => {
  it('is never negative, never more than what was earned above the mark, conserved, and the same when it is read again', () => {
    let locks = 0;
    let releases = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const account = accountOf('1000000', at(0));
        const { profitLock } = account;
        const records: JournalRecord[] = [];
        let held = 0;
        let [lockedEver, releasedEver, earnedAbove, highest]: Decimal[] = [ZERO, ZERO, ZERO, ZERO] as const;
        const take = (event: LockEvent): void => {
          profitLock.note(event);
          records.push(recorded(event, records.length + 1));
        };
        for (const [index, { what, lots, cents, fee, share, threshold }] of steps.entries()) {
          const before = profitLock.state();
          if (what === 'policy') {
            const policy = parseLockPolicy({
              share: formatDecimal(decimal(BigInt(share), 3)),
              threshold: `${threshold}`,
            });
            take({ kind: 'policy', policy, water: profitLock.highest() });
          } else if (what === 'release') {
            const part = multiply(before.locked, decimal(BigInt(share), 3));
            if (compare(part, ZERO) > 0) {
              take(releaseOf(before, part));
              releasedEver = add(releasedEver, part);
              releases += 1;
            }
          } else {
            const sell = held > 0 && index % 2 === 1;
            const size = sell ? Math.min(lots, held) : lots;
            held += sell ? -size : size;
            const fill: Fill = {
              ...fillOf(sell ? 'sell' : 'buy', '1', '1', '0', `T-${index}` as TradeId),
              quantity: quantity(decimal(BigInt(size), 3)),
              price: price(decimal(BigInt(cents), 2)),
              fee: money(decimal(fee, 8), USDT),
            };
            account.book(fill, instrument);
          }
          const realised = realisedProfit(account.state());
          if (compare(realised, highest) > 0) highest = realised;
          const state = profitLock.state();
          const due = dueLock(state, realised, subtract(account.cash(), state.locked));
          if (due !== undefined) {
            const gain = subtract(realised, state.water);
            // No more than its share of what is above the mark, and nothing of what is not realised.
            expect(compare(due.amount, multiply(gain, state.policy.share))).toBeLessThanOrEqual(0);
            expect(compare(gain, state.policy.threshold)).toBeGreaterThanOrEqual(0);
            expect(equals(due.water, realised)).toBe(true);
            take(due);
            lockedEver = add(lockedEver, due.amount);
            earnedAbove = add(earnedAbove, gain);
            locks += 1;
          }
          const now = profitLock.state();
          expect(isNegative(now.locked)).toBe(false);
          // Conserved: what is locked is what was locked and not released, to the last digit.
          expect(equals(now.locked, subtract(lockedEver, releasedEver))).toBe(true);
          // All new profits together are no more than the highest profit that there ever was.
          expect(compare(lockedEver, earnedAbove)).toBeLessThanOrEqual(0);
          expect(compare(earnedAbove, highest)).toBeLessThanOrEqual(0);
          expect(compare(now.water, before.water)).toBeGreaterThanOrEqual(0);
        }
        const again = createProfitLock();
        for (const record of records) again.note(lockEventOf(record) as LockEvent);
        expect(textOf(again.state())).toEqual(textOf(profitLock.state()));
      }),
      { numRuns: 300 },
    );
    // Neither of the two is tested by stories in which it never happens.
    expect(locks).toBeGreaterThan(100);
    expect(releases).toBeGreaterThan(30);
  });

  it('waits for cash: what lies in positions or is kept for entries cannot be locked', () => {
    const policy = parseLockPolicy({ share: '0.5', threshold: '10' });
    const state = { policy, locked: ZERO, water: decimal(100n) };
    const due = (realised: string, free: string): string | undefined => {
      const event = dueLock(state, parseDecimal(realised), parseDecimal(free));
      return event === undefined ? undefined : `${formatDecimal(event.amount)} to ${formatDecimal(event.water)}`;
    };
    expect(due('120', '10')).toBe('10 to 120');
    expect(due('120', '9.99')).toBeUndefined();
    expect(due('109.9', '1000')).toBeUndefined();
    expect(due('110', '1000')).toBe('5 to 110');
    expect(due('110.000000019', '1000')).toBe('5 to 110.000000019');
  });

  it('refuses what no policy could have led to', () => {
    const lock = createProfitLock();
    lock.note({ kind: 'policy', policy: parseLockPolicy({ share: '0.5', threshold: '0' }), water: decimal(10n) });
    const locked = (amount: bigint, water: bigint): LockEvent => ({
      kind: 'locked',
      amount: decimal(amount),
      water: decimal(water),
    });
    expect(() => lock.note(locked(6n, 20n))).toThrow('at most 5');
    expect(() => lock.note(locked(0n, 20n))).toThrow('not above zero');
    expect(() => lock.note(locked(1n, 9n))).toThrow('mark would fall');
    lock.note(locked(5n, 20n));
    expect(() => lock.note({ kind: 'released', amount: decimal(6n) })).toThrow('only 5 is locked');
    expect(() => releaseOf(lock.state(), decimal(6n))).toThrow('5 is locked');
    expect(() => parseLockPolicy({ share: '1.01', threshold: '0' })).toThrow('cannot be locked');
    expect(() => parseLockPolicy({ share: '-0.1', threshold: '0' })).toThrow('cannot be locked');
    expect(formatDecimal(lock.locked())).toBe('5');
  });
});
