import { describe, expect, it } from 'vitest';
import type { Account } from '#adapters/venue-ccxt/account-call.ts';
import { currentCall } from '#adapters/venue-ccxt/call-context.ts';
import { openExchange } from '#adapters/venue-ccxt/open-exchange.ts';
import { lookUpOrder } from '#adapters/venue-ccxt/order-lookup.ts';
import { type ClientOrderId, type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { realClocks } from '#test/support/venue-rig.ts';

const SUBMITTED = unixMs(1_700_000_600_000);
const ref = {
  clientOrderId: 'mt0123456789abcdef' as ClientOrderId,
  instrumentId: 'BTC/USDT.KRAKEN' as InstrumentId,
  submittedAt: SUBMITTED,
};
const order = (id: string, clientOrderId: string | undefined) => ({
  id,
  clientOrderId,
  symbol: 'BTC/USDT',
  side: 'buy',
  status: 'closed',
  amount: '0.1',
  filled: '0.1',
  price: '60000',
  timestamp: SUBMITTED,
});

/** Kraken's adapter over lists that the test makes. */
async function account(open: readonly unknown[] | 'fails', closed: readonly unknown[] | 'fails') {
  const asked: (number | undefined)[] = [];
  const opened = await openExchange({ id: 'kraken', clocks: realClocks, chance: () => 0 }, { money: true });
  const answer = (key: string, items: readonly unknown[] | 'fails') => (_symbol?: string, since?: number) => {
    asked.push(since);
    const call = currentCall();
    if (call !== undefined) {
      call.sent = true;
      call.response = { status: 200, body: items === 'fails' ? '<html>' : `{"error":[],"result":{"${key}":{}}}` };
    }
    return Promise.resolve(items === 'fails' ? [] : items);
  };
  opened.exchange.fetchOpenOrders = answer('open', open);
  opened.exchange.fetchClosedOrders = answer('closed', closed);
  const { exchange, traits } = opened;
  const made: Account = { exchange, traits, open: opened, clocks: realClocks, offsetMs: () => 0 };
  return { account: made, asked };
}

describe('looking for an order', () => {
  it('looks back a minute behind the submission, and takes nothing but our id for ours (row 40)', async () => {
    const same = order('O2', 'mtffffffffffffffff');
    const nobody = order('O3', undefined);
    const without = await account([same], [same, nobody]);
    expect(await lookUpOrder(without.account, ref)).toEqual({ kind: 'not_found' });
    expect(without.asked).toEqual([undefined, SUBMITTED - 60_000]);
    const early = { ...order('O1', ref.clientOrderId), timestamp: SUBMITTED - 3 };
    const found = await lookUpOrder((await account([same], [same, early])).account, ref);
    expect(found).toMatchObject({ kind: 'found', order: { venueOrderId: 'O1', status: 'filled' } });
  });

  it.each([
    ['fails', []],
    [[], 'fails'],
    ['fails', 'fails'],
  ] as const)('is never "not found" when a list could not be read (%j, %j)', async (open, closed) => {
    expect((await lookUpOrder((await account(open, closed)).account, ref)).kind).toBe('failed');
  });

  it('is found in one list although the other could not be read', async () => {
    const mine = order('O1', ref.clientOrderId);
    expect((await lookUpOrder((await account('fails', [mine])).account, ref)).kind).toBe('found');
  });

  it('is never "not found" when one item of a list is odd: it may be the one', async () => {
    const odd = { ...order('O9', undefined), amount: undefined };
    expect((await lookUpOrder((await account([], [odd])).account, ref)).kind).toBe('failed');
  });
});
