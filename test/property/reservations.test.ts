import { describe, expect, it } from 'vitest';
import {
  compare,
  type Decimal,
  formatDecimal,
  isNegative,
  multiply,
  parseDecimal,
  ZERO,
} from '#core/domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId } from '#core/domain/ids.ts';
import { quantity as quantityOf } from '#core/domain/money.ts';
import { type Claim, claimFromPayload, claimPayload } from '#core/risk/claim.ts';
import { createReservationBook, type OrderOutcome, type ReservationBook } from '#core/risk/reservation-book.ts';
import { DEFAULT_LIMITS, type RiskLimits } from '#core/risk/risk-limits.ts';
import * as fc from '../support/seeded-check.ts';

const INSTRUMENTS = ['BTC/USDT.SIM', 'ETH/USDT.SIM', 'SOL/USDT.SIM'] as unknown as readonly InstrumentId[];
const AGENTS = 10;
const EQUITY = parseDecimal('10000');
const ACCOUNT = { equity: EQUITY, cash: EQUITY };
const LIMITS: RiskLimits = { ...DEFAULT_LIMITS, maxPositions: 6 };

/** One thing that happens to one agent. What does not apply to its state is left out, so that any order of them is a story. */
const happening = fc.record({
  // Two of them are busy, so that one often has several entries in one instrument.
  agent: fc.oneof(fc.nat(AGENTS - 1), fc.constantFrom(0, 1)),
  instrument: fc.oneof(fc.nat(INSTRUMENTS.length - 1), fc.constant(0)),
  what: fc.constantFrom(
    'approve',
    'approve',
    'approve',
    'fill',
    'part',
    'cancel',
    'sell',
    'sell part',
    'restart',
    'end',
  ),
  /** Share of the equity in basis points. */
  notional: fc.integer({ min: 50, max: 4_000 }),
  lots: fc.integer({ min: 2, max: 50_000 }),
  share: fc.integer({ min: 1, max: 99 }),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** What a test knows about an order, in plain numbers of lots; the book's own figures are never read for it. */
type Known = { readonly claim: Claim; readonly lots: bigint; open: bigint; held: bigint };

const lotsOf = (lots: bigint): Decimal => ({ units: lots, scale: 5 });
const share = (amount: Decimal, part: bigint, whole: bigint): number =>
  (Number(formatDecimal(amount)) * Number(part)) / Number(whole);

/** Plays happenings on a book, and keeps an account of its own of what must be reserved. */
function story(open: () => ReservationBook) {
  let book = open();
  let orders = 0;
  const known = new Map<ClientOrderId, Known>();
  const counts = { approved: 0, denied: 0 };
  const outcome = (told: OrderOutcome): void => book.note(told);
  const of = (agentId: AgentId) => [...known.values()].filter(({ claim }) => claim.agentId === agentId);

  const bought = (row: Known, lots: bigint): void => {
    row.open -= lots;
    row.held += lots;
    const { agentId, clientOrderId, instrumentId } = row.claim;
    const quantity = lotsOf(lots);
    outcome({
      kind: 'filled',
      agentId,
      clientOrderId,
      instrumentId,
      isEntry: true,
      price: parseDecimal('100'),
      quantity,
    });
  };
  const sold = (agentId: AgentId, instrumentId: InstrumentId, lots: bigint): void => {
    let left = lots;
    for (const row of of(agentId)) {
      if (row.claim.instrumentId !== instrumentId) continue;
      const taken = left < row.held ? left : row.held;
      row.held -= taken;
      left -= taken;
    }
    const clientOrderId = `exit ${orders++}` as ClientOrderId;
    const quantity = lotsOf(lots);
    outcome({
      kind: 'filled',
      agentId,
      clientOrderId,
      instrumentId,
      isEntry: false,
      price: parseDecimal('100'),
      quantity,
    });
  };
  /** A crash: the books are made anew from what the journal holds, in its form. */
  const restart = (): void => {
    book = open();
    for (const { claim, lots, open: rests, held } of known.values()) {
      const text = formatDecimal(claim.quantity);
      const { agentId, clientOrderId, instrumentId } = claim;
      book.restore(claimFromPayload(agentId, text, claimPayload(claim)));
      const filled = lots - rests;
      const price = parseDecimal('100');
      if (filled > 0n)
        book.note({
          kind: 'filled',
          agentId,
          clientOrderId,
          instrumentId,
          isEntry: true,
          price,
          quantity: lotsOf(filled),
        });
      if (filled > held) {
        const exit = `again ${clientOrderId}` as ClientOrderId;
        const quantity = lotsOf(filled - held);
        book.note({ kind: 'filled', agentId, clientOrderId: exit, instrumentId, isEntry: false, price, quantity });
      }
    }
  };

  return {
    counts,
    book: () => book,
    claimOf({ agent, instrument, notional, lots }: Happening): Claim {
      const value = multiply(EQUITY, { units: BigInt(notional), scale: 4 });
      return {
        agentId: `A-${agent}` as AgentId,
        clientOrderId: `O-${orders++}` as ClientOrderId,
        instrumentId: INSTRUMENTS[instrument] ?? ('' as InstrumentId),
        quantity: quantityOf(lotsOf(BigInt(lots))),
        notional: value,
        loss: multiply(value, parseDecimal('0.02')),
        gap: multiply(value, parseDecimal('0.055')),
        cash: multiply(value, parseDecimal('1.011')),
      };
    },
    approve(claim: Claim, lots: number, take = (asked: Claim) => book.take(asked, ACCOUNT, LIMITS)): void {
      const refused = take(claim);
      counts[refused === undefined ? 'approved' : 'denied'] += 1;
      if (refused === undefined)
        known.set(claim.clientOrderId, { claim, lots: BigInt(lots), open: BigInt(lots), held: 0n });
    },
    play(step: Happening): void {
      const agentId = `A-${step.agent}` as AgentId;
      const waiting = of(agentId).find(({ open: rests }) => rests > 0n);
      const holding = of(agentId).find(({ held }) => held > 0n);
      const part = (lots: bigint): bigint => (lots * BigInt(step.share)) / 100n || 1n;
      if (step.what === 'approve') this.approve(this.claimOf(step), step.lots);
      else if (step.what === 'restart') restart();
      else if (step.what === 'end') {
        book.end(agentId);
        for (const { claim } of of(agentId)) known.delete(claim.clientOrderId);
      } else if (step.what === 'sell' && holding) sold(agentId, holding.claim.instrumentId, holding.held);
      else if (step.what === 'sell part' && holding) sold(agentId, holding.claim.instrumentId, part(holding.held));
      else if (step.what === 'cancel' && waiting) {
        waiting.open = 0n;
        outcome({ kind: 'closed', clientOrderId: waiting.claim.clientOrderId });
        // Told twice: given back once.
        outcome({ kind: 'closed', clientOrderId: waiting.claim.clientOrderId });
      } else if (step.what === 'fill' && waiting) bought(waiting, waiting.open);
      else if (step.what === 'part' && waiting) bought(waiting, part(waiting.open));
      for (const [id, { open: rests, held }] of known) if (rests === 0n && held === 0n) known.delete(id);
    },
    /** What must be reserved, by floating-point sums of the test's own account. */
    expected() {
      const rows = [...known.values()];
      const total = (pick: (claim: Claim) => Decimal, part: (row: Known) => bigint, some = rows): number =>
        some.reduce((all, row) => all + share(pick(row.claim), part(row), row.lots), 0);
      const there = ({ open: rests, held }: Known): bigint => rests + held;
      return {
        risk: total(({ loss }) => loss, there) + total(({ gap }) => gap, there),
        notional: total(({ notional }) => notional, there),
        cash: total(
          ({ cash }) => cash,
          ({ open: rests }) => rests,
        ),
        inInstrument: (id: InstrumentId) =>
          total(
            ({ notional }) => notional,
            there,
            rows.filter(({ claim }) => claim.instrumentId === id),
          ),
      };
    },
    finish(): void {
      for (const row of known.values())
        if (row.open > 0n) outcome({ kind: 'closed', clientOrderId: row.claim.clientOrderId });
      for (const row of known.values()) if (row.held > 0n) sold(row.claim.agentId, row.claim.instrumentId, row.held);
    },
  };
}

const numberOf = (value: Decimal): number => Number(formatDecimal(value));

/** Above the limit by no more than the last digit of a floating-point sum. */
const within = (sum: number, limit: number): boolean => sum <= limit + 1e-6;

function overLimit(told: ReturnType<typeof story>): boolean {
  const { risk, notional, cash, inInstrument } = told.expected();
  return !(
    within(risk, 10_000 * 0.04) &&
    within(notional, 10_000) &&
    within(cash, 10_000) &&
    INSTRUMENTS.every((id) => within(inInstrument(id), 5_000))
  );
}

describe('the reservations of an account', () => {
  it('never exceed a limit, are never negative, and are none at the end, whatever ten agents do in whatever order', () => {
    const seen = { approved: 0, denied: 0 };
    fc.assert(
      fc.property(fc.array(happening, { minLength: 5, maxLength: 60 }), (happenings) => {
        const told = story(createReservationBook);
        for (const step of happenings) {
          told.play(step);
          expect(overLimit(told)).toBe(false);
          const expected = told.expected();
          const use = told.book().use(INSTRUMENTS[0] as InstrumentId);
          for (const amount of [use.risk, use.notional, use.ofInstrument, use.cash])
            expect(isNegative(amount)).toBe(false);
          expect(numberOf(use.risk)).toBeCloseTo(expected.risk, 6);
          expect(numberOf(use.notional)).toBeCloseTo(expected.notional, 6);
          expect(numberOf(use.cash)).toBeCloseTo(expected.cash, 6);
          expect(numberOf(use.ofInstrument)).toBeCloseTo(expected.inInstrument(INSTRUMENTS[0] as InstrumentId), 6);
          expect(use.positions).toBeLessThanOrEqual(LIMITS.maxPositions);
        }
        told.finish();
        expect(told.book().isEmpty()).toBe(true);
        expect(compare(told.book().use(INSTRUMENTS[0] as InstrumentId).risk, ZERO)).toBe(0);
        seen.approved += told.counts.approved;
        seen.denied += told.counts.denied;
      }),
      { numRuns: 1_500 },
    );
    // A test in which everything fits, or nothing, would say nothing.
    expect(Math.min(seen.approved, seen.denied)).toBeGreaterThan(300);
  });

  it('control: agents who all ask first and reserve afterwards get more than the limit together', () => {
    let caught = 0;
    fc.assert(
      fc.property(fc.array(happening, { minLength: 6, maxLength: 20 }), (happenings) => {
        const told = story(createReservationBook);
        const claims = happenings.map((step) => ({ step, claim: told.claimOf(step) }));
        // The planted race: everybody looks at the book as it is, and what was seen is believed later.
        const passed = claims.filter(({ claim }) => {
          const alone = createReservationBook();
          return alone.take(claim, ACCOUNT, LIMITS) === undefined;
        });
        for (const { step, claim } of passed)
          told.approve(claim, step.lots, (asked) => {
            told.book().restore(asked);
            return undefined;
          });
        if (overLimit(told)) caught += 1;
        const honest = story(createReservationBook);
        for (const { step, claim } of claims) honest.approve(claim, step.lots);
        expect(overLimit(honest)).toBe(false);
      }),
      { numRuns: 200 },
    );
    expect(caught).toBeGreaterThan(150);
  });

  it('refuse the same order twice', () => {
    const told = story(createReservationBook);
    const claim = told.claimOf({ agent: 0, instrument: 0, what: 'approve', notional: 100, lots: 10, share: 50 });
    told.approve(claim, 10);
    expect(() => told.book().take(claim, ACCOUNT, LIMITS)).toThrow('has a reservation already');
  });

  it('count a position of an older journal, for which nothing was reserved, as lost whole', () => {
    const book = createReservationBook();
    const at = { agentId: 'A-1' as AgentId, instrumentId: INSTRUMENTS[0] as InstrumentId, price: parseDecimal('200') };
    const clientOrderId = 'old' as ClientOrderId;
    book.note({ kind: 'filled', ...at, clientOrderId, isEntry: true, quantity: parseDecimal('2') });
    expect(formatDecimal(book.use(at.instrumentId).risk)).toBe('400');
    book.note({
      kind: 'filled',
      ...at,
      clientOrderId: 'x' as ClientOrderId,
      isEntry: false,
      quantity: parseDecimal('2'),
    });
    expect(book.isEmpty()).toBe(true);
  });
});
