import { describe, expect, it } from 'vitest';
import { detect, type Opportunity } from '#core/arbitrage/detect.ts';
import { createInventory } from '#core/arbitrage/inventory.ts';
import { type LegOutcome, type PairAction, planFor } from '#core/arbitrage/leg-failure-plan.ts';
import { createLegVenue } from '#core/arbitrage/leg-venue.ts';
import type { QuoteSource } from '#core/arbitrage/quotes.ts';
import { findRoutes } from '#core/arbitrage/routes.ts';
import { openTrade, type Trade } from '#core/arbitrage/trade.ts';
import { type ArbitrageMarket, marketName } from '#core/arbitrage/types.ts';
import { compare, formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { asset } from '#core/domain/money.ts';
import type { Rng } from '#core/kernel/rng.ts';
import { candles, closeOf, lookAt, MINUTE, market, minutes } from '../../support/arbitrage-builders.ts';

const [BTC, USD, USDC] = [asset('BTC'), asset('USD'), asset('USDC')];

/** What each order sent meets, in order; all that come later are filled. Numbers choose between the rates of the rig. */
type Luck = 'filled' | 'partial' | 'rejected' | 'late, filled' | 'late, nothing';
const NUMBERS: Readonly<Record<Luck, readonly [number, number]>> = {
  rejected: [0.1, 0],
  partial: [0.3, 0.4],
  'late, filled': [0.6, 0.1],
  'late, nothing': [0.6, 0.9],
  filled: [0.9, 0],
};
function scripted(lucks: readonly Luck[]): Rng {
  const numbers = lucks.flatMap((luck) => NUMBERS[luck]);
  let next = 0;
  const rng: Rng = {
    next: () => numbers[next++] ?? 0.9,
    integer: () => 0,
    normal: () => 0,
    fork: () => rng,
  };
  return rng;
}

const LATE = 3;
type Rig = {
  readonly lucks: readonly Luck[];
  /** Closes of the market of the sale, minute by minute; the purchase's market stays at 20000. */
  readonly sale?: readonly (number | undefined)[];
  readonly purchase?: readonly (number | undefined)[];
  readonly markets?: readonly [ArbitrageMarket, ArbitrageMarket];
  readonly coin?: { readonly market: ArbitrageMarket; readonly closes: readonly number[] };
};

const COUNT = 30;
const flat = (price: number): readonly number[] => Array.from({ length: COUNT }, () => price);

function rig({ lucks, sale = flat(20200), purchase = flat(20000), markets, coin }: Rig) {
  const [a, b] = markets ?? [market('a BTC/USD', '10'), market('b BTC/USD', '10')];
  const sources: readonly QuoteSource[] = [
    candles(a, minutes(purchase)),
    candles(b, minutes(sale)),
    ...(coin === undefined ? [] : [candles(coin.market, minutes(coin.closes, 1_000_000))]),
  ];
  const look = (of: ArbitrageMarket, at: number) => lookAt(sources, unixMs(at))(of);
  const now = closeOf(0);
  const route = findRoutes(sources.map((source) => source.market)).find(({ buy }) => buy === a);
  if (route === undefined) throw new Error('no route');
  const found = detect(route, now, lookAt(sources, now), { leastBps: parseDecimal('1'), most: parseDecimal('10000') });
  if (found.kind !== 'opportunity') throw new Error(found.kind);
  const inventory = createInventory(
    [a, b, ...(coin === undefined ? [] : [coin.market])].flatMap(({ venue, quote }) => [
      { at: now, venue, asset: BTC, amount: parseDecimal('1') },
      { at: now, venue, asset: quote, amount: parseDecimal('50000') },
    ]),
  );
  const rates = { rejected: 0.25, partial: 0.25, late: 0.25 };
  const venue = createLegVenue(look, inventory, { latencyMs: MINUTE, lateMs: LATE * MINUTE, rates }, scripted(lucks));
  const trade = openTrade(found, now, venue, look, { mostLossBps: parseDecimal('50'), patience: 3 });
  const run = (until = 20): Trade => {
    for (let i = 1; i <= until && trade.view.state === 'open'; i++) trade.step(closeOf(i));
    return trade;
  };
  return { trade, run, inventory, found: found satisfies Opportunity };
}

const ordersOf = ({ view }: Trade): readonly string[] =>
  view.reports.map(({ order, filled }) => `${order.side} ${formatDecimal(filled)} ${marketName(order.market)}`);

describe('the plan for a leg that fails', () => {
  const OUTCOMES = ['filled', 'partial', 'rejected', 'late'] as const satisfies readonly LegOutcome[];
  /** The table as docs/arbitrage.md has it: rows are the purchase, columns the sale. */
  const TABLE: Readonly<Record<LegOutcome, readonly PairAction[]>> = {
    filled: ['done', 'sell-rest', 'sell-rest', 'look'],
    partial: ['buy-rest', 'level', 'sell-rest', 'look'],
    rejected: ['buy-rest', 'buy-rest', 'nothing', 'look'],
    late: ['look', 'look', 'look', 'look'],
  };
  const luckOf = (outcome: LegOutcome): Luck => (outcome === 'late' ? 'late, filled' : outcome);

  it.each(OUTCOMES.flatMap((purchase) => OUTCOMES.map((sale, i) => [purchase, sale, TABLE[purchase][i]] as const)))(
    'purchase %s, sale %s: %s, and nothing is left of the bet',
    (purchase, sale, action) => {
      expect(planFor(purchase, sale)).toBe(action);
      const { run, inventory, found } = rig({ lucks: [luckOf(purchase), luckOf(sale)] });
      const { view } = run();
      expect(view.actions[0]).toBe(action);
      expect(view.first).toEqual({ buy: purchase, sell: sale });
      expect(view.state).toBe('closed');
      expect(formatDecimal(view.changeOf(BTC))).toBe('0');
      expect(formatDecimal(inventory.total(BTC))).toBe('2');
      expect(compare(view.mostExposed, found.quantity)).not.toBe(1);
      const needsNothing = action === 'done' || action === 'nothing';
      if (needsNothing) expect(view.remedies).toEqual([]);
      if (action === 'sell-rest' || action === 'buy-rest') expect(view.remedies[0]).toBe('hedge');
    },
  );

  it('hedges on the venue whose leg is missing', () => {
    expect(ordersOf(rig({ lucks: ['filled', 'rejected'] }).run())).toEqual([
      'buy 0.5 a BTC/USD',
      'sell 0 b BTC/USD',
      'sell 0.5 b BTC/USD',
    ]);
    expect(ordersOf(rig({ lucks: ['rejected', 'filled'] }).run())).toEqual([
      'buy 0 a BTC/USD',
      'sell 0.5 b BTC/USD',
      'buy 0.5 a BTC/USD',
    ]);
  });

  it('unwinds where the leg filled when the other venue has gone away or has no price', () => {
    for (const sale of [
      [20200, ...flat(19000)],
      [20200, ...flat(0).map(() => undefined)],
    ]) {
      const { run } = rig({ lucks: ['filled', 'rejected'], sale });
      const trade = run();
      expect(trade.view.remedies).toEqual(['unwind']);
      expect(ordersOf(trade).at(-1)).toBe('sell 0.5 a BTC/USD');
      // 10000 twice a fee of 10 bps.
      expect(formatDecimal(trade.view.changeOf(USD))).toBe('-20');
    }
  });

  it('sends nothing while an order is unknown, and does nothing twice when it turns out to have filled', () => {
    const filled = rig({ lucks: ['filled', 'late, filled'] });
    for (let i = 1; i <= LATE; i++) filled.trade.step(closeOf(i));
    expect(ordersOf(filled.trade)).toHaveLength(2);
    expect(filled.run().view).toMatchObject({ state: 'closed', actions: ['look', 'done'], remedies: [] });
    expect(ordersOf(filled.trade)).toHaveLength(2);
    const nothing = rig({ lucks: ['filled', 'late, nothing'] });
    expect(nothing.run().view).toMatchObject({ state: 'closed', actions: ['look', 'sell-rest'], remedies: ['hedge'] });
  });

  it('tries the other venue after one that gave nothing', () => {
    const { run } = rig({ lucks: ['filled', 'rejected', 'rejected'] });
    expect(run().view.remedies).toEqual(['hedge', 'unwind']);
  });

  it('waits for an allowed price and no longer than its patience, so that the bet has an end', () => {
    // Both markets fall by 2 %, four times the bound; the first order finds that out.
    const fallen = [20000, 20000, ...flat(19600)];
    const { run } = rig({ lucks: ['filled', 'rejected'], purchase: fallen, sale: [20200, ...flat(19796)] });
    const { view } = run();
    expect(view.remedies).toEqual(['unwind', 'forced']);
    expect(view.closedAt).toBe(closeOf(5));
    expect(formatDecimal(view.changeOf(BTC))).toBe('0');
    // 0.5 * (19796 * 0.999 - 20000 * 1.001)
    expect(formatDecimal(view.changeOf(USD))).toBe('-121.898');
  });

  it('a price that comes back within the bound ends it without force', () => {
    const dip = [19600, 19600, ...flat(19950)];
    const { run } = rig({ lucks: ['filled', 'rejected'], purchase: [20000, ...dip], sale: [20200, ...dip] });
    expect(run().view.remedies).toEqual(['unwind']);
  });

  const usd = market('a BTC/USD', '10');
  const usdc = market('b BTC/USDC', '10');
  const coin = { market: market('b USDC/USD', '10'), closes: flat(0.93) };
  it.each<readonly [string, readonly Luck[]]>([
    ['nothing fails', ['filled', 'filled', 'filled']],
    ['the third leg is rejected', ['filled', 'filled', 'rejected']],
    ['the third leg fills in part', ['filled', 'filled', 'partial']],
    ['the third leg is late and did nothing', ['filled', 'filled', 'late, nothing']],
    ['the sale is rejected and the third leg is not', ['filled', 'rejected', 'filled']],
    ['the purchase is rejected and the others are not', ['rejected', 'filled', 'filled']],
    ['only the third leg fills', ['rejected', 'rejected', 'filled']],
    ['only the sale fills', ['rejected', 'filled', 'rejected']],
    ['all in part', ['partial', 'partial', 'partial']],
  ])('with a third leg, ends with no bitcoin and no coin when %s', (_what, lucks) => {
    const { run, inventory } = rig({ lucks, markets: [usd, usdc], sale: flat(22000), coin });
    const { view } = run();
    expect(view.state).toBe('closed');
    expect(formatDecimal(view.changeOf(BTC))).toBe('0');
    // Less than a lot of the coin, and never less than none.
    expect(compare(view.changeOf(USDC), parseDecimal('0'))).not.toBe(-1);
    expect(compare(view.changeOf(USDC), coin.market.lot)).toBe(-1);
    expect(formatDecimal(inventory.total(BTC))).toBe('3');
  });
});
