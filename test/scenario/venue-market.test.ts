import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CcxtLiveMarket, openLiveMarket } from '#adapters/venue-ccxt/open-live-market.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import type { LiveMarketEvent, MarketHealth, StaleReason } from '#core/ports/live-market.ts';
import { realClocks, until, type VenueRig, venueRig } from '#test/support/venue-rig.ts';

const never = createAbortSource().token;

describe.each(['binance', 'kraken'] as const)('live prices of %s', (venue) => {
  let rig: VenueRig;
  let market: CcxtLiveMarket;
  const events: LiveMarketEvent[] = [];
  const healths = (): MarketHealth[] => events.flatMap((event) => (event.kind === 'health' ? [event.health] : []));
  const staleFor = (...reasons: readonly StaleReason[]) =>
    until(() => healths().find((health) => health.kind === 'stale' && reasons.includes(health.reason)));
  const liveAgain = () => until(() => (healths().at(-1)?.kind === 'live' ? true : undefined));

  beforeAll(async () => {
    rig = await venueRig({ venue, marketIntervalMs: 50 });
    market = await rig.openMarket();
    market.subscribe((event) => events.push(event));
    market.watch(rig.instrumentId, []);
    expect(await market.settled(never)).toBe(true);
  });
  beforeEach(async () => {
    await rig.exchange.setFaults([]);
    await until(() => (market.health(rig.instrumentId).kind === 'live' ? true : undefined));
    events.length = 0;
  });
  afterAll(() => rig.stop());

  it('are the prices of the venue itself, whole and uncrossed', async () => {
    await until(() => (events.filter(({ kind }) => kind === 'book').length > 20 ? true : undefined));
    for (const event of events) {
      if (event.kind !== 'book') continue;
      const { bids, asks } = event.book;
      expect(bids[0]?.price).toBeLessThan(asks[0]?.price ?? 0);
    }
    const ticker = await market.ticker(rig.instrumentId);
    if (ticker.kind === 'failed') throw new Error(ticker.reason);
    const best = market.book(rig.instrumentId)?.bids[0]?.price ?? 0;
    expect(Math.abs(best - ticker.value.bid) / best).toBeLessThan(0.005);
  });

  it('are stale at once when a message is lost, and whole again after a new start (row 39)', async () => {
    await rig.exchange.setFaults([{ fault: 'gap', on: 'stream', channel: 'book', times: 1 }]);
    const stale = await staleFor('gap');
    // Each by its own means: binance numbers its messages, kraken sums its book.
    expect(stale).toMatchObject({
      detail: expect.stringMatching(venue === 'kraken' ? /checksum is/ : /was followed by|checksum/i),
    });
    await liveAgain();
    const books = events.flatMap((event, index) => (event.kind === 'book' ? [index] : []));
    const staleAt = events.findIndex((event) => event.kind === 'health' && event.health.kind === 'stale');
    const live = events.findIndex((event) => event.kind === 'health' && event.health.kind === 'live');
    // Between the gap and the new whole book nobody is handed a book.
    expect(books.filter((index) => index > staleAt && index < live)).toEqual([]);
  });

  it('stay whole when messages come twice', async () => {
    await rig.exchange.setFaults([{ fault: 'duplicate', on: 'stream', channel: 'book', chance: 0.3 }]);
    await until(() => (events.filter(({ kind }) => kind === 'book').length > 30 ? true : undefined));
    for (const event of events)
      if (event.kind === 'book') expect(event.book.bids[0]?.price).toBeLessThan(event.book.asks[0]?.price ?? 0);
  });

  it('are stale when the connection goes, and come back by themselves', async () => {
    await rig.exchange.dropStreams();
    await staleFor('disconnected');
    await liveAgain();
  });

  it('are stale when nothing comes for two seconds', async () => {
    await rig.exchange.setFaults([{ fault: 'silence', on: 'stream' }]);
    const stale = await staleFor('quiet', 'disconnected');
    expect(stale).toMatchObject({ kind: 'stale', reason: 'quiet' });
  });

  it("are stale after a jump of the clock until everything was read anew and the venue's clock measured", async () => {
    let apart = 0;
    const wall = {
      now: () => unixMs(realClocks.wall.now() + apart),
      setTimer: (at: UnixMs, fire: () => void) => realClocks.wall.setTimer(unixMs(at - apart), fire),
    };
    const other = await openLiveMarket({
      id: venue,
      clocks: { wall, steady: realClocks.steady },
      chance: () => 0.5,
      url: `http://127.0.0.1:${rig.exchange.port}`,
      budget: rig.gateway.open.budget,
    });
    try {
      const seen: MarketHealth[] = [];
      other.subscribe((event) => {
        if (event.kind === 'health') seen.push(event.health);
      });
      other.watch(rig.instrumentId, []);
      expect(await other.settled(never)).toBe(true);
      await until(() => other.clock.measuredAt());
      seen.length = 0;
      apart = 600_000;
      await until(() => seen.find((health) => health.kind === 'stale' && health.reason === 'clock'));
      await until(() => (seen.at(-1)?.kind === 'live' ? true : undefined));
      expect(other.clockTrouble()).toContain('ahead of');
      expect(Math.round(other.clock.offsetMs() / 1_000)).toBeCloseTo(-600, -1);
    } finally {
      await other.close();
    }
  });
});
