import { describe, expect, it } from 'vitest';
import type { CandleSeries } from '#core/domain/candle.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { closeTimeAt, tapeOf } from '../../support/candle-tapes.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import { accountOf, type DeskRig, deskOn } from './desk-rig.ts';

/** A calm hourly wave around a price: an average range of about a hundredth of it. */
const calm = (middle: number, length = 60): CandleSeries =>
  tapeOf(
    Array.from({ length }, (_, i) => Math.round(middle * (1 + 0.003 * Math.sin(i)) * 100) / 100),
    '1h',
    0.004,
  );

const BTC = calm(20_000);
const ETH = calm(1_000);
const LAST = 39;
const now = closeTimeAt(BTC, LAST);
const seen = (series: CandleSeries): CandleSeries => ({ ...series, candles: series.candles.slice(0, LAST + 1) });
const next = (series: CandleSeries) => {
  const candle = series.candles[LAST + 1];
  if (candle === undefined) throw new Error('the tape is too short');
  return candle;
};
const sent = (rig: DeskRig): number => rig.records.filter(({ type }) => type === 'order.submitted').length;
const refusals = (rig: DeskRig) =>
  rig.records.flatMap((record) => (record.type === 'risk.denied' ? [record.payload] : []));

function twoAgents(first: object, second: object = first) {
  const account = accountOf('10000', now);
  const rigOf = (symbol: string, envelope: object) =>
    deskOn({
      name: symbol,
      instrument: simulatedInstrument(symbol),
      interval: '1h',
      at: now,
      account,
      envelope,
    });
  return { account, bitcoin: rigOf('BTC/USDT', first), ether: rigOf('ETH/USDT', second) };
}

/** Each alone takes nearly all of the notional that an envelope allows. */
const WIDE = { riskPerTrade: '0.02', maxNotionalFraction: '0.9', stopAtr: '1', targetAtr: '4' };
const SMALL = { riskPerTrade: '0.0003', maxNotionalFraction: '0.05', stopAtr: '1', targetAtr: '4' };

describe('two agents on one account', () => {
  it('each fits alone', () => {
    for (const symbol of ['bitcoin', 'ether'] as const) {
      const rig = twoAgents(WIDE)[symbol];
      rig.enter(seen(symbol === 'bitcoin' ? BTC : ETH), now);
      expect(refusals(rig)).toEqual([]);
      expect(sent(rig)).toBe(1);
    }
  });

  it('do not both pass in the same instant: the second is judged with the open order of the first', () => {
    const { account, bitcoin, ether } = twoAgents(WIDE);
    bitcoin.enter(seen(BTC), now);
    // Nothing has filled: the cash is still all there, and spoken for.
    expect(formatDecimal(account.cash())).toBe('10000');
    ether.enter(seen(ETH), now);
    expect([sent(bitcoin), sent(ether)]).toEqual([1, 0]);
    expect(refusals(ether)).toHaveLength(1);
  });

  it('do not both pass after the first has filled: the second is judged with what it holds', () => {
    const { account, bitcoin, ether } = twoAgents(WIDE);
    bitcoin.enter(seen(BTC), now);
    bitcoin.desk.onCandle(next(BTC));
    expect(bitcoin.desk.holding()).toBe(true);
    expect(formatDecimal(account.reservedByOthers(ether.desk.agentId))).toBe('0');
    ether.enter({ ...ETH, candles: ETH.candles.slice(0, LAST + 2) }, next(ETH).closeTime);
    expect([sent(ether), refusals(ether).length]).toEqual([0, 1]);
  });

  it('both pass when they fit together', () => {
    const { bitcoin, ether } = twoAgents(SMALL);
    bitcoin.enter(seen(BTC), now);
    ether.enter(seen(ETH), now);
    expect([...refusals(bitcoin), ...refusals(ether)]).toEqual([]);
    expect([sent(bitcoin), sent(ether)]).toEqual([1, 1]);
  });

  it('leave the money to each other again when an order is canceled', () => {
    const { account, bitcoin, ether } = twoAgents(WIDE);
    bitcoin.enter(seen(BTC), now);
    expect(Number(formatDecimal(account.reservedByOthers(ether.desk.agentId)))).toBeGreaterThan(1_000);
    bitcoin.desk.cancelAll('a test', now);
    expect(formatDecimal(account.reservedByOthers(ether.desk.agentId))).toBe('0');
    ether.enter(seen(ETH), now);
    expect(sent(ether)).toBe(1);
  });
});
