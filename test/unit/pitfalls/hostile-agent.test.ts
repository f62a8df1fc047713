import { describe, expect, it } from 'vitest';
import { decide } from '#core/agent/decide.ts';
import type { StrategyFamily, TradeIntent } from '#core/agent/types.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal, toFloat } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { TradingState } from '#core/risk/types.ts';
import { TAPE_START } from '../../support/candle-tapes.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import * as fc from '../../support/seeded-check.ts';
import { accountOf, deskOn } from './desk-rig.ts';

const HOUR = 3_600_000;
const WARM = 30;
const btc = simulatedInstrument('BTC/USDT');

/** A wild seeded market on cents: jumps of up to a fifth, long wicks, hours in which nothing moves. */
function wildCandles(length: number, seed: number): readonly ClosedCandle[] {
  const rng = createRng(seed);
  const violence = [5, 60, 600][rng.integer(3)] ?? 60;
  let level = 1_000_000;
  return Array.from({ length }, (_, i) => {
    const gap = rng.integer(12) === 0 ? Math.round(rng.normal() * violence * 60) : 0;
    const open = Math.max(2_000, level + gap);
    const close = rng.integer(10) === 0 ? open : Math.max(2_000, open + Math.round(rng.normal() * violence * 20));
    level = close;
    return {
      openTime: unixMs(TAPE_START + i * HOUR),
      closeTime: unixMs(TAPE_START + (i + 1) * HOUR),
      open: open / 100,
      high: (Math.max(open, close) + rng.integer(violence * 10)) / 100,
      low: Math.max(1_000, Math.min(open, close) - rng.integer(violence * 10)) / 100,
      close: close / 100,
      volume: rng.integer(1_000),
    } as ClosedCandle;
  });
}

/** What an agent may try between two candles, several times over. */
const act = fc.constantFrom('long', 'long', 'long', 'short', 'flatten', 'cancel', 'stale candles', 'future date');
const state = fc.oneof(
  { weight: 8, arbitrary: fc.constant<TradingState>('active') },
  { weight: 1, arbitrary: fc.constantFrom<TradingState>('reducing', 'halted') },
);
const plan = fc.record({
  seed: fc.nat(1_000_000),
  cash: fc.constantFrom('10000', '250', '7'),
  expiresAfter: fc.integer({ min: 5, max: 60 }),
  envelope: fc.record({
    riskPerTrade: fc.constantFrom('0.0025', '0.005', '0.02'),
    maxNotionalFraction: fc.constantFrom('0.1', '0.25', '1'),
    stopAtr: fc.constantFrom('0.5', '2', '10'),
    targetAtr: fc.constantFrom('2', '4', '20'),
  }),
  steps: fc.array(fc.record({ acts: fc.array(act, { maxLength: 4 }), state }), { minLength: 20, maxLength: 50 }),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** Plays the plan against the product's desk, and lists every order that breaks a limit, by hand and in floats. */
function play({ seed, cash, expiresAfter, envelope, steps }: Plan): { entries: number; broken: readonly string[] } {
  const candles = wildCandles(WARM + steps.length + 1, seed);
  const start = unixMs(TAPE_START + WARM * HOUR);
  const account = accountOf(cash, start);
  const expiresAt = unixMs(start + expiresAfter * HOUR);
  const broken: string[] = [];
  let now = start;
  let tradingState: TradingState = 'active';
  let reference = 0;
  let entries = 0;
  let held = 0;
  const must = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what);
  };
  const rig = deskOn({
    name: `hostile ${seed}`,
    instrument: btc,
    interval: '1h',
    at: start,
    account,
    envelope,
    expiresAt,
    tradingState: () => tradingState,
    onRecord(record) {
      if (record.type === 'order.filled') {
        const { side, quantity } = record.payload;
        held += (side === 'buy' ? 1 : -1) * Number(quantity);
        must(held > -1e-9, `${held} held`);
      }
      if (record.type !== 'order.submitted') return;
      const { purpose, side, type, quantity, stop, target, reduceOnly } = record.payload;
      if (purpose !== 'entry') {
        must(side === 'sell' && reduceOnly, `${purpose} that does not reduce`);
        must(Number(quantity) <= held + 1e-9, `${purpose} of ${quantity}, ${held} held`);
        return;
      }
      entries += 1;
      const size = Number(quantity);
      const equity = toFloat(account.equity());
      const peak = toFloat(account.peakEquity());
      const below = stop === null ? 0 : Number(stop);
      const risk = (reference - below) * size + (reference + below) * size * 0.001;
      must(side === 'buy' && type === 'market' && !reduceOnly, 'an entry that is no purchase at market');
      must(tradingState === 'active', `an entry while trading is ${tradingState}`);
      must(now < expiresAt, 'an entry after the lifespan');
      must(held < 1e-12, 'an entry on top of a position');
      must(stop !== null && below > 0 && below < reference, `a stop at ${stop}`);
      must(target !== null && Number(target) > reference, `a target at ${target}`);
      must(risk <= equity * Number(envelope.riskPerTrade) + 1e-6, `risk of ${risk} on ${equity}`);
      must(reference * size <= equity * Number(envelope.maxNotionalFraction) + 1e-6, `notional ${reference * size}`);
      must(reference * size * 1.01 * 1.001 <= toFloat(account.cash()) + 1e-6, 'an entry that cash does not cover');
      must(reference * size >= 5 && Math.abs(size / 0.00001 - Math.round(size / 0.00001)) < 1e-6, `size ${quantity}`);
      must((peak - equity) / peak < 0.04 + 1e-9, `an entry at a drawdown of ${1 - equity / peak}`);
      must((peak - equity + 1.5 * risk) / peak < 0.05 + 1e-9, 'a worst case of 5 % or more');
    },
  });
  steps.forEach(({ acts, state: wanted }, index) => {
    tradingState = wanted;
    const until = WARM + index;
    for (const each of acts) {
      const old = each === 'stale candles';
      const seen = candles.slice(0, old ? until - 5 : until);
      const ts = each === 'future date' ? unixMs(now + 10 * HOUR) : now;
      reference = seen.at(-1)?.close ?? 0;
      if (each === 'flatten') rig.desk.flatten('a whim', now);
      else if (each === 'cancel') rig.desk.cancelAll('a whim', now);
      else {
        const before = entries;
        rig.enter({ interval: '1h', candles: seen }, ts, each === 'short' ? 'short' : 'long');
        if (old || each === 'future date') must(entries === before, `an entry on ${each}`);
      }
    }
    const candle = candles[until];
    if (candle === undefined) throw new Error('the tape is too short');
    rig.desk.onCandle(candle);
    now = candle.closeTime;
  });
  const proof = account.proofSince({ state: accountOf(cash, start).state(), prices: new Map() });
  must(formatDecimal(proof.difference) === '0', `books differ by ${formatDecimal(proof.difference)}`);
  must(toFloat(account.cash()) >= 0, 'money that was never there');
  return { entries, broken };
}

describe('an agent that asks for anything at any time', () => {
  it('gets no order past its envelope, through the real desk, gate, venue and ledger', () => {
    let entries = 0;
    let runs = 0;
    fc.assert(
      fc.property(plan, (wanted) => {
        const { entries: sent, broken } = play(wanted);
        runs += 1;
        entries += sent;
        expect(broken).toEqual([]);
      }),
      { numRuns: 300 },
    );
    console.log(`hostile agent: ${entries} entries in ${runs} runs`);
    expect(entries).toBeGreaterThan(150);
  });

  it('whose family answers with anything at all is heard as an entry, an exit or a hold, dated now', () => {
    const { spec } = deskOn({
      name: 'answers',
      instrument: btc,
      interval: '1h',
      at: TAPE_START,
      account: accountOf('10000', TAPE_START),
    });
    const candles = wildCandles(WARM, 1);
    const answer = fc.oneof(
      fc.anything(),
      fc.record(
        {
          kind: fc.oneof(fc.constantFrom('enter', 'exit', 'hold'), fc.string()),
          direction: fc.oneof(fc.constantFrom('long', 'short'), fc.anything()),
          reason: fc.oneof(fc.string({ maxLength: 1000 }), fc.anything()),
          decidedAt: fc.anything(),
          quantity: fc.constant('1000000'),
        },
        { requiredKeys: [] },
      ),
    );
    let heard = 0;
    fc.assert(
      fc.property(answer, fc.boolean(), (said, holding) => {
        const family = { decide: () => said } as unknown as StrategyFamily;
        const asOf = unixMs(TAPE_START + WARM * HOUR);
        const view = { asOf, series: { interval: '1h' as const, candles }, holding, barsHeld: holding ? 1 : 0 };
        const intent: TradeIntent = decide(spec, view, { families: () => family });
        expect(['enter', 'exit', 'hold']).toContain(intent.kind);
        expect(intent.decidedAt).toBe(asOf);
        expect(typeof intent.reason).toBe('string');
        expect(intent.reason.length).toBeLessThanOrEqual(400);
        if (intent.kind === 'enter') expect([intent.direction, holding]).toEqual(['long', false]);
        if (intent.kind === 'exit') expect(holding).toBe(true);
        expect(
          Object.keys(intent).filter((key) => !['kind', 'direction', 'reason', 'decidedAt'].includes(key)),
        ).toEqual([]);
        if (intent.kind !== 'hold') heard += 1;
      }),
      { numRuns: 2000 },
    );
    expect(heard).toBeGreaterThan(20);
  });
});
