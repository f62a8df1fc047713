import { describe, expect, it } from 'vitest';
import { detect, type Opportunity } from '#core/arbitrage/detect.ts';
import { fundingOf } from '#core/arbitrage/funding.ts';
import { createInventory, type Inventory, TRANSIT } from '#core/arbitrage/inventory.ts';
import { inputOf } from '#core/arbitrage/legs.ts';
import { findRoutes } from '#core/arbitrage/routes.ts';
import { createTransfers, type TransferTerms } from '#core/arbitrage/transfers.ts';
import { compare, formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { asset } from '#core/domain/money.ts';
import { bookAt, levels, lookAt, market, START } from '../../support/arbitrage-builders.ts';

const [BTC, USD] = [asset('BTC'), asset('USD')];
const HOUR = 3_600_000;

const holding = (...rows: readonly (readonly [string, typeof BTC, string])[]): Inventory =>
  createInventory(rows.map(([venue, of, amount]) => ({ at: START, venue, asset: of, amount: parseDecimal(amount) })));

const balances = (inventory: Inventory, of: typeof BTC, ...venues: readonly string[]) =>
  venues.map((venue) => formatDecimal(inventory.balance(venue, of)));

describe('an opportunity that is not funded', () => {
  const [a, b] = [market('a BTC/USD', '10'), market('b BTC/USD', '10')];
  const sources = [
    bookAt(a, { asks: levels(['20000', '1']), bids: [] }),
    bookAt(b, { asks: [], bids: levels(['20200', '1']) }),
  ];
  const route = findRoutes([a, b]).find(({ buy }) => buy.venue === 'a');
  const found = (): Opportunity => {
    if (route === undefined) throw new Error('no route');
    const seen = detect(route, START, lookAt(sources, START), {
      leastBps: parseDecimal('1'),
      most: parseDecimal('100000'),
    });
    if (seen.kind !== 'opportunity') throw new Error(seen.kind);
    return seen;
  };

  it.each([
    ['neither leg', holding(), 'a holds 0 USD; the buy leg gives away 20020'],
    ['only the leg that buys', holding(['a', USD, '50000']), 'b holds 0 BTC; the sell leg gives away 1'],
    ['only the leg that sells', holding(['b', BTC, '5']), 'a holds 0 USD; the buy leg gives away 20020'],
    // What is needed lies on the other venue: it would have to be moved first.
    ['the wrong venues', holding(['b', USD, '50000'], ['a', BTC, '5']), 'a holds 0 USD; the buy leg gives away 20020'],
  ])('stays detect-only with %s funded, and says why', (_what, inventory, reason) => {
    expect(fundingOf(found(), inventory)).toEqual({ kind: 'detect-only', reason });
  });

  it('is traded when both legs are, as large as the smaller of them', () => {
    const whole = fundingOf(found(), holding(['a', USD, '20020'], ['b', BTC, '1']));
    expect(whole).toMatchObject({ kind: 'funded', opportunity: { quantity: found().quantity } });
    const inventory = holding(['a', USD, '777.77'], ['b', BTC, '1']);
    const part = fundingOf(found(), inventory);
    if (part.kind !== 'funded') throw new Error(part.reason);
    expect(part.opportunity.legs.every(({ quantity }) => formatDecimal(quantity).startsWith('0.0388'))).toBe(true);
    for (const { venue, asset: of, amount } of part.opportunity.legs.map(inputOf))
      expect(compare(amount, inventory.balance(venue, of))).not.toBe(1);
  });
});

describe('the inventory', () => {
  it('lends nothing, and keeps all of a posting or none of it', () => {
    const inventory = holding(['a', USD, '10']);
    const entry = (venue: string, amount: string) =>
      ({ at: START, venue, asset: USD, amount: parseDecimal(amount), cause: 'paid' }) as const;
    expect(() => inventory.post([entry('b', '5'), entry('a', '-10.01')])).toThrow(/a USD would be -0.01/);
    expect(balances(inventory, USD, 'a', 'b')).toEqual(['10', '0']);
    inventory.post([entry('a', '5'), entry('a', '-15')]);
    expect(balances(inventory, USD, 'a')).toEqual(['0']);
  });
});

describe('a transfer between venues', () => {
  const terms: TransferTerms = {
    takesMs: HOUR,
    fee: parseDecimal('0.0005'),
    least: parseDecimal('0.01'),
    mostPerDay: parseDecimal('2'),
  };
  const rig = () => {
    const inventory = holding(['a', BTC, '5']);
    return { inventory, transfers: createTransfers(inventory, () => terms) };
  };
  const after = (ms: number) => unixMs(START + ms);
  const send = (amount: string) => ({ asset: BTC, from: 'a', to: 'b', amount: parseDecimal(amount) });

  it('locks what it moves until it arrives, and costs the fee', () => {
    const { inventory, transfers } = rig();
    expect(transfers.request(send('1'), START)).toEqual({
      kind: 'sent',
      arrivesAt: after(HOUR),
      arrives: parseDecimal('0.9995'),
    });
    expect(balances(inventory, BTC, 'a', 'b', TRANSIT)).toEqual(['4', '0', '0.9995']);
    transfers.settle(after(HOUR - 1));
    expect(balances(inventory, BTC, 'b')).toEqual(['0']);
    expect(formatDecimal(transfers.underWay('b', BTC))).toBe('0.9995');
    transfers.settle(after(HOUR));
    transfers.settle(after(2 * HOUR));
    expect(balances(inventory, BTC, 'a', 'b', TRANSIT)).toEqual(['4', '0.9995', '0']);
    expect(formatDecimal(inventory.total(BTC))).toBe('4.9995');
  });

  it.each([
    ['less than the least withdrawal', '0.0099', /below the least withdrawal of 0.01/],
    ['more than is there', '5.00000001', /a holds 5 BTC/],
    ['more than the limit of a day', '2.00000001', /lets out 2 BTC in 24 hours/],
  ])('is refused for %s, and changes nothing', (_what, amount, why) => {
    const { inventory, transfers } = rig();
    const answer = transfers.request(send(amount), START);
    expect(answer.kind === 'refused' ? answer.why : answer.kind).toMatch(why);
    expect(balances(inventory, BTC, 'a', TRANSIT)).toEqual(['5', '0']);
  });

  it('counts the limit over the last 24 hours', () => {
    const { transfers } = rig();
    expect(transfers.request(send('1.5'), START).kind).toBe('sent');
    expect(transfers.request(send('0.6'), after(24 * HOUR - 1)).kind).toBe('refused');
    expect(transfers.request(send('0.5'), after(HOUR)).kind).toBe('sent');
    expect(transfers.request(send('1.5'), after(24 * HOUR)).kind).toBe('sent');
  });
});
