import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runVenueCheck } from '#adapters/venue-ccxt/run-check.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { quantity } from '#core/domain/money.ts';
import type { GatewayEvent } from '#core/ports/venue-gateway.ts';
import { freshDigits, realClocks, until, type VenueRig, venueRig } from '#test/support/venue-rig.ts';

describe.each(['binance', 'kraken'] as const)('an account at %s through ccxt', (venue) => {
  let rig: VenueRig;
  beforeAll(async () => {
    rig = await venueRig({ venue, marketIntervalMs: 0 });
    await rig.gateway.ready();
  });
  beforeEach(() => rig.exchange.setFaults([]));
  afterAll(() => rig.stop());

  it('passes the whole conformance suite', async () => {
    const steps = await runVenueCheck({
      id: venue,
      clocks: realClocks,
      chance: () => 0.5,
      url: `http://127.0.0.1:${rig.exchange.port}`,
      keys: { apiKey: rig.exchange.ccxt.apiKey, secret: rig.exchange.ccxt.secret },
      freshDigits,
      ...(venue === 'kraken' ? { budget: rig.gateway.open.budget } : {}),
    });
    expect(steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(steps.filter(({ outcome }) => outcome === 'skipped').map(({ name }) => name)).toEqual(
      venue === 'binance' ? ["dead man's switch"] : [],
    );
    expect(steps.length).toBe(19);
  });

  it.each([
    'accepted_5xx',
    'accepted_reset',
    'accepted_html',
    'accepted_empty',
    'accepted_unknown',
    'accepted_wrong_types',
    'html',
    'empty',
    'unavailable',
    'maintenance',
    'reset',
  ] as const)(
    'does not guess what became of an order when the answer is "%s", sends it once, and finds out',
    async (fault) => {
      await rig.exchange.setFaults([{ fault, on: 'create', times: 1 }]);
      const sent = async (): Promise<number> =>
        Object.entries((await rig.exchange.truth()).requests)
          .filter(([name]) => /POST .*(AddOrder|v3\/order)$/.test(name))
          .reduce((sum, [, count]) => sum + count, 0);
      const before = await sent();
      const order = rig.order();
      const answer = await rig.gateway.place(order);
      expect(answer.kind).toBe('unknown');
      expect(await sent()).toBe(before + 1);
      const found = await rig.gateway.order(rig.ref(order));
      expect(found.kind).toBe(fault.startsWith('accepted') ? 'found' : 'not_found');
      if (found.kind === 'found') {
        expect(found.order.clientOrderId).toBe(order.clientOrderId);
        expect(formatDecimal(found.order.quantity)).toBe('0.001');
        expect(await rig.gateway.cancel(rig.ref(order))).toEqual({ kind: 'requested' });
      }
    },
  );

  it.each(['html', 'empty', 'unavailable', 'maintenance', 'reset', 'huge'] as const)(
    'never reads "%s" as empty: no orders, no trades, no money, no such order (row 37)',
    async (fault) => {
      await rig.exchange.setFaults([{ fault, on: 'query' }]);
      const { gateway, instrumentId } = rig;
      const since = unixMs(realClocks.wall.now() - 60_000);
      const answers = [
        await gateway.openOrders(),
        await gateway.closedOrders(instrumentId, since),
        await gateway.trades(instrumentId, since),
        await gateway.balances(),
        await gateway.order(rig.ref(rig.order())),
      ];
      expect(answers.map(({ kind }) => kind)).toEqual(answers.map(() => 'failed'));
    },
  );

  it('refuses what the venue surely refused, with its reason', async () => {
    const poor = await rig.gateway.place(rig.order({ size: '1000' }));
    expect(poor).toMatchObject({ kind: 'refused' });
    const small = await rig.gateway.place(rig.order({ size: venue === 'binance' ? '0.00001' : '0.00000001' }));
    expect(small).toMatchObject({ kind: 'refused' });
  });

  it('sends no number that ccxt would change, and nothing that has no time left', async () => {
    const before = (await rig.exchange.truth()).requests;
    const odd = await rig.gateway.place(rig.order({ at: '30000.123456' }));
    expect(odd).toMatchObject({ kind: 'refused', code: 'not sent: precision' });
    const fine = await rig.gateway.place(rig.order({ quantity: quantity(parseDecimal('0.0010000001')) }));
    expect(fine).toMatchObject({ kind: 'refused', code: 'not sent: precision' });
    const late = await rig.gateway.place(rig.order({ expiresAt: unixMs(realClocks.wall.now() - 5_000) }));
    expect(late).toMatchObject({ kind: 'refused', code: 'not sent: expired' });
    expect((await rig.exchange.truth()).requests).toEqual(before);
  });

  it('tells of orders and trades as the venue pushes them, and of a time without news', async () => {
    const events: GatewayEvent[] = [];
    const stop = rig.gateway.subscribe((event) => events.push(event));
    await until(() => events.find(({ kind }) => kind === 'restored'));
    const order = rig.order({ at: '40000.0' });
    const placed = await rig.gateway.place(order);
    if (placed.kind !== 'accepted') throw new Error(JSON.stringify(placed));
    const mine = (event: GatewayEvent): boolean =>
      event.kind === 'order' && event.order.venueOrderId === placed.venueOrderId;
    const told = await until(() => events.find(mine));
    expect(told).toMatchObject({ kind: 'order', order: { clientOrderId: order.clientOrderId, status: 'open' } });
    await rig.exchange.movePrice(venue === 'binance' ? 'BTCUSDT' : 'XBTUSDT', '39000.0');
    const trade = await until(() => events.find((event) => event.kind === 'trade'));
    if (trade.kind !== 'trade') throw new Error('no trade');
    expect(trade.trade).toMatchObject({ venueOrderId: placed.venueOrderId, side: 'buy', liquidity: 'maker' });
    expect(formatDecimal(trade.trade.price)).toBe('40000');
    await until(() => events.find((event) => mine(event) && event.kind === 'order' && event.order.status === 'filled'));
    const asked = await rig.gateway.trades(rig.instrumentId, unixMs(realClocks.wall.now() - 60_000));
    if (asked.kind === 'failed') throw new Error(asked.reason);
    expect(asked.value.map(({ tradeId }) => tradeId)).toContain(trade.trade.tradeId);
    const before = events.length;
    await rig.exchange.dropStreams();
    await until(() => events.slice(before).find(({ kind }) => kind === 'restored'));
    expect(events.slice(before).map(({ kind }) => kind)).toEqual(['lost', 'restored']);
    stop();
    await rig.exchange.movePrice(venue === 'binance' ? 'BTCUSDT' : 'XBTUSDT', '60000.0');
  });

  it('refuses keys that may withdraw, says what to do, and never shows a key', async () => {
    const keys = {
      apiKey: `canary-key-${freshDigits()}`,
      secret: Buffer.from(`canary-secret-${freshDigits()}`).toString('base64'),
    };
    await rig.exchange.setKey({ key: keys.apiKey, secret: keys.secret, withdraw: true });
    const gateway = await rig.openGateway(keys);
    await expect(gateway.ready()).rejects.toMatchObject({
      code: 'refused',
      remedy: expect.stringContaining('without withdrawals'),
    });
    const answer = await gateway.place(rig.order());
    expect(answer).toMatchObject({ kind: 'refused', code: 'not sent: keys' });
    const stranger = { apiKey: `canary-key-${freshDigits()}`, secret: keys.secret };
    const unknown = await rig.openGateway(stranger);
    const failures = JSON.stringify([
      answer,
      await unknown.balances(),
      await unknown.openOrders(),
      await unknown.ready().catch(String),
    ]);
    expect(failures).toContain('failed');
    for (const secret of [keys.apiKey, keys.secret, stranger.apiKey]) expect(failures).not.toContain(secret);
    expect(failures).not.toMatch(/signature=[0-9a-f]{16}/);
  });

  it("sends no order while its clock is a second from the venue's, and cancels all the same", async () => {
    await rig.exchange.setSkew(5_000);
    try {
      const gateway = await rig.openGateway();
      expect(await gateway.place(rig.order())).toMatchObject({ kind: 'refused', code: 'not sent: clock' });
      expect(await gateway.cancelAll()).toMatchObject({ kind: 'ok' });
    } finally {
      await rig.exchange.setSkew(0);
    }
  });

  it('stops new orders for as long as a 429 asks, and answers at once', async () => {
    const { gateway } = rig;
    await rig.exchange.setFaults([{ fault: 'rate_limited', on: 'query', times: 1, delayMs: 20_000 }]);
    const asked = await gateway.balances();
    expect(asked).toMatchObject({ kind: 'failed' });
    const started = Date.now();
    const answer = await gateway.place(rig.order());
    expect(answer).toMatchObject({ kind: 'refused', code: 'not sent: not ready' });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await gateway.cancel(rig.ref(rig.order()))).toEqual({ kind: 'not_found' });
  });
});
