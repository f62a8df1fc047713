import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { add, type Decimal, formatDecimal, multiply, parseDecimal, subtract, sum } from '#core/domain/decimal.ts';
import { price } from '#core/domain/money.ts';
import type { OrderBook, OrderBookLevel } from '#core/execution/venue-book.ts';
import { balanceOf } from '#core/ledger/ledger.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import { notRunWithoutShared, orderBookFile } from '#test/support/shared-material.ts';
import { bar, tapeRig } from '#test/support/tape-rig.ts';
import { BTCUSDT, USDT } from '#test/support/trading-builders.ts';

const NAME = 'tardis-binancefutures-BTCUSDT-book25-2020-09-01.csv.gz';

/** Snapshots of 25 levels a side, as columns `asks[0].price`, `asks[0].amount`, ... */
function books(): readonly OrderBook[] {
  const [head = '', ...rows] = gunzipSync(readFileSync(orderBookFile(NAME)))
    .toString('utf8')
    .trim()
    .split('\n');
  const names = head.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    const cell = (name: string): Decimal => parseDecimal(cells[names.indexOf(name)] ?? '');
    const side = (name: 'asks' | 'bids'): readonly OrderBookLevel[] =>
      Array.from({ length: 25 }, (_, i) => [cell(`${name}[${i}].price`), cell(`${name}[${i}].amount`)]);
    return { bids: side('bids'), asks: side('asks') };
  });
}

const worth = (levels: readonly OrderBookLevel[]): Decimal => sum(levels.map(([at, size]) => multiply(at, size)));
const size = (levels: readonly OrderBookLevel[]): Decimal => sum(levels.map(([, amount]) => amount));

describe('a recorded order book', () => {
  it('is bought up level by level and sold down again, to the last digit', () => {
    if (notRunWithoutShared('walking a recorded order book')) return;
    const all = books();
    expect(all.length).toBeGreaterThan(5);
    for (const book of all) {
      // One lot more than the whole side: the remainder is canceled.
      const rig = tapeRig();
      const asked = formatDecimal(add(size(book.asks), parseDecimal('0.001')));
      const at = Number(formatDecimal(book.asks[0]?.[0] ?? parseDecimal('0')));
      rig.submit(1, 1, `buy ${asked} market tif=ioc`);
      rig.venue.onCandle(bar(1, at, at, at, at), undefined, book);
      expect(rig.lines.length).toBe(26);
      expect(rig.lines.at(-1)).toContain('not filled at once');
      const paid = subtract(parseDecimal('10000'), balanceOf(rig.state(), 'cash', USDT));
      expect(formatDecimal(paid)).toBe(formatDecimal(worth(book.asks)));

      const [best, second] = book.bids;
      if (best === undefined || second === undefined) throw new Error('a book of one level');
      const sold = formatDecimal(add(best[1], parseDecimal('0.001')));
      rig.submit(2, 2, `sell ${sold} market`);
      rig.venue.onCandle(bar(2, at, at, at, at), undefined, book);
      const got = add(multiply(...best), multiply(second[0], parseDecimal('0.001')));
      const cash = balanceOf(rig.state(), 'cash', USDT);
      expect(formatDecimal(cash)).toBe(formatDecimal(add(subtract(parseDecimal('10000'), paid), got)));
      const proof = reconcile(rig.state(), new Map([[BTCUSDT, price(String(at))]]));
      expect(formatDecimal(proof.difference)).toBe('0');
    }
  });
});
