import { createHealth } from '#adapters/venue-ccxt/market/health.ts';
import { createSequenceCheck } from '#adapters/venue-ccxt/market/sequence-check.ts';
import { createStaleGuard } from '#adapters/venue-ccxt/market/stale-guard.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { type ClockGuard, createClockGuard, type ResyncTicket } from '#core/kernel/clock-guard.ts';
import { createRng } from '#core/kernel/rng.ts';
import { createGate } from '#core/risk/gate.ts';
import { standardChecks } from '#core/risk/standard-checks.ts';
import { calmView, entryOrder, orderId } from './trading-builders.ts';

const gate = createGate(standardChecks);
const START = 1_700_000_000_000;
const LIMIT_MS = 2_000;

export type CaseResult = {
  readonly asked: number;
  /** Orders let through while everything was fresh. */
  readonly sent: number;
  /** Orders let through while something was not; none may be. */
  readonly wrong: readonly string[];
  /** What happened, by kind, so that a kind that never happened is noticed. */
  readonly happened: Readonly<Record<string, number>>;
};

/** Planted for the control: a guard that sees nothing. */
export const blindGuard: ClockGuard = {
  trouble: () => null,
  beginResync: () => ({ jump: 0 }),
  resynced: () => undefined,
  measured: () => undefined,
};

/**
 * One story of a feed and two clocks, with somebody who asks for an order after every event: through the gate of the product, the guard of
 * its clocks, and the monitors of its live feed. Beside them goes a plain account of what is true, which they know nothing of.
 */
export function playCase(seed: number, blind = false): CaseResult {
  const rng = createRng(seed);
  let wall = START;
  let steady = 5_000 + rng.integer(1_000_000);
  const guard = blind ? blindGuard : createClockGuard({ clocks: { wall: () => wall, steady: () => steady } });
  const health = createHealth(
    () => unixMs(wall),
    () => undefined,
  );
  const check = createSequenceCheck('binance');
  const stale = createStaleGuard(steady);
  // What is true.
  let jumped = false;
  let unexplained = 0;
  let offset = 0;
  let gap = false;
  let crossed = false;
  let newest = steady;
  let sequence = 1;
  let ticket: ResyncTicket | undefined;

  const happened: Record<string, number> = {};
  const wrong: string[] = [];
  let asked = 0;
  let sent = 0;
  const pass = (ms: number): void => {
    wall += ms;
    steady += ms;
  };
  const jump = (ms: number): void => {
    wall += ms;
    unexplained += ms;
    // Small steps that add up to little more than a jump may still be the drift of hours.
    if (Math.abs(ms) > 500 || Math.abs(unexplained) > 600) {
      jumped = true;
      ticket = undefined;
      unexplained = 0;
    }
  };
  const book = (first: number, last: number): void => {
    const found = check.read({ e: 'depthUpdate', s: 'BTCUSDT', U: String(first), u: String(last) });
    if (found !== undefined) health.spoil('gap', 'a gap');
    stale.arrived(steady);
    newest = steady;
    sequence = last;
  };

  const events: Readonly<Record<string, () => void>> = {
    news: () => book(sequence + 1, sequence + 1),
    pause: () => pass(100 + rng.integer(1_500)),
    silence: () => pass(LIMIT_MS + 1 + rng.integer(60_000)),
    'a gap in the sequence': () => {
      gap = true;
      book(sequence + 2 + rng.integer(9), sequence + 12);
    },
    'the same message again': () => {
      check.read({ e: 'depthUpdate', s: 'BTCUSDT', U: String(sequence), u: String(sequence) });
    },
    'a new snapshot': () => {
      gap = false;
      health.clear('gap');
      book(sequence + 1, sequence + 1);
    },
    'a crossed book': () => {
      crossed = true;
      health.spoil('crossed', 'bid above ask');
    },
    'an uncrossed book': () => {
      crossed = false;
      health.clear('crossed');
      book(sequence + 1, sequence + 1);
    },
    'a small step of the clock': () => jump((rng.integer(2) === 0 ? 1 : -1) * (1 + rng.integer(400))),
    'a jump of the clock': () => jump((rng.integer(2) === 0 ? 1 : -1) * Math.round(501 * 21_500 ** rng.next())),
    'a sleep': () => jump(5_000 + rng.integer(10_800_000)),
    'a resync begins': () => {
      ticket = guard.beginResync();
    },
    'a resync ends': () => {
      if (ticket === undefined) return;
      guard.resynced(ticket);
      jumped = false;
      unexplained = 0;
      ticket = undefined;
    },
    'the venue was asked for its time': () => {
      offset = rng.integer(3) === 0 ? Math.round(rng.normal() * 3_000) : Math.round(rng.normal() * 200);
      guard.measured(offset);
    },
  };
  // What follows can only be compared with something.
  book(1, 1);
  const names = Object.keys(events);
  const usual = ['news', 'news', 'pause', 'a resync begins', 'a resync ends', 'a new snapshot', 'an uncrossed book'];

  for (let i = 0; i < 30; i++) {
    const name = (rng.integer(3) > 0 ? usual[rng.integer(usual.length)] : names[rng.integer(names.length)]) ?? 'news';
    happened[name] = (happened[name] ?? 0) + 1;
    events[name]?.();
    const state = health.now();
    const dataFault =
      guard.trouble() ??
      (state.kind === 'stale' ? state.detail : stale.isQuiet(steady) ? 'nothing new for too long' : null);
    asked += 1;
    const verdict = gate(entryOrder(i, '10', { stop: '95', target: '110' }), {
      ...calmView,
      knownOrderIds: [orderId(0)].slice(1),
      atr: parseDecimal('1'),
      dataFault,
      dataAgeMs: Math.max(0, steady - newest),
      maxDataAgeMs: 60_000,
    });
    if (verdict.kind === 'denied') continue;
    const truth = [
      ...(jumped ? ['the clock had jumped'] : []),
      ...(gap ? ['the sequence had a gap'] : []),
      ...(crossed ? ['the book was crossed'] : []),
      ...(Math.abs(offset) > 1_000 ? ['the venue was too far away in time'] : []),
      ...(steady - newest > stale.limitMs() ? ['nothing had come'] : []),
    ];
    if (truth.length === 0) sent += 1;
    else wrong.push(`case ${seed}, after ${name}: ${truth.join(', ')}`);
  }
  return { asked, sent, wrong, happened };
}
