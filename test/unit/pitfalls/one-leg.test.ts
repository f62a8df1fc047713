import { describe, expect, it } from 'vitest';
import { familyOf } from '#core/agent/family-registry.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { labFamily } from '#host/lab/families.ts';
import { closeTimeAt, tapeOf } from '../../support/candle-tapes.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import { accountOf, deskOn } from './desk-rig.ts';

const tape = tapeOf(
  Array.from({ length: 60 }, (_, i) => Math.round(20_000 * (1 + 0.003 * Math.sin(i)) * 100) / 100),
  '1h',
  0.004,
);
const now = closeTimeAt(tape, 59);

describe('what keeps an agent from trading one leg of an arbitrage', () => {
  it('is that there is none: no family of this release has two legs', () => {
    expect(FAMILIES.filter((name) => name.includes('arbitrage'))).toEqual([]);
    // Asked for by its name it says what it is instead of passing for a word that nobody knows.
    expect(() => familyOf('arbitrage')).toThrow(/arbitrage is detect-only: an agent trades one instrument/);
    expect(() => labFamily('arbitrage')).toThrow(/arbitrage is detect-only/);
  });

  it('is that an agent trades the one instrument of its spec, so that no leg can be left alone', () => {
    const rigOf = (allowed: readonly InstrumentId[]) =>
      deskOn({
        name: 'one leg',
        instrument: simulatedInstrument('BTC/USDT'),
        interval: '1h',
        at: now,
        account: accountOf('10000', now),
        allowed,
      });
    const own = rigOf([simulatedInstrument('BTC/USDT').id, simulatedInstrument('ETH/USDT').id]);
    own.enter(tape, now);
    const sent = own.records.flatMap((record) =>
      record.type === 'order.submitted' ? [record.payload.instrumentId] : [],
    );
    expect(sent).toEqual([own.spec.instrumentId]);
    const other = rigOf([simulatedInstrument('ETH/USDT').id]);
    other.enter(tape, now);
    const denied = other.records.flatMap((record) => (record.type === 'risk.denied' ? [record.payload.check] : []));
    expect(denied).toEqual(['instrument-allowed']);
    expect(other.records.some(({ type }) => type === 'order.submitted')).toBe(false);
  });
});
