import { afterAll, describe, expect, it } from 'vitest';
import type { CcxtClient, CcxtExchange } from '#adapters/venue-ccxt/exchange.ts';
import { readBook } from '#adapters/venue-ccxt/market/read-book.ts';
import { createSequenceCheck } from '#adapters/venue-ccxt/market/sequence-check.ts';
import { openExchange } from '#adapters/venue-ccxt/open-exchange.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { RECORDED, type RecordedVenue, recordedMessages, recordedSnapshots } from '#test/support/recorded-venues.ts';
import { notRunWithoutShared } from '#test/support/shared-material.ts';

type Builder = CcxtExchange & {
  orderBook(snapshot: object, limit?: number): unknown;
  parseOrderBook(raw: unknown, symbol: string): { nonce?: unknown };
  fetchRestOrderBookSafe(symbol: string): Promise<unknown>;
  fetchOrderBookSnapshot?(client: CcxtClient, message: unknown, subscription: object): Promise<void>;
};
type Side = readonly (readonly [number, number])[];
type Result = {
  readonly messages: number;
  readonly books: number;
  /** Crossed by a plain look at every level, and how many of those our reading called crossed. */
  readonly crossed: number;
  readonly crossedSeen: number;
  readonly notices: readonly string[];
};

const clock = new TestClock(unixMs(1_700_000_000_000));
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Plays a recording through ccxt's own builder, with the message at `without` lost on the way. */
async function replay(venue: RecordedVenue, messages: readonly unknown[], without?: number): Promise<Result> {
  const { exchange } = await openExchange(
    { id: venue.id ?? '', clocks: { wall: clock, steady: clock }, chance: () => 0 },
    { money: false },
  );
  const builder = exchange as Builder;
  const snapshots = recordedSnapshots(venue);
  const notices: string[] = [];
  const changed = new Set<string>();
  builder.setMarkets([]);
  const client = {
    url: venue.url ?? 'wss://recorded',
    subscriptions: new Proxy<Record<string, unknown>>({}, { has: () => true }),
    futures: {},
    // What ccxt would hand to whoever waits for the book. What a loss shows is in the numbers: levels are looked at in the whole run only.
    resolve: (value: unknown) => {
      if (without === undefined) look(value);
      return value;
    },
    reject: (error: unknown) => notices.push(`ccxt: ${error instanceof Error ? error.name : String(error)}`),
  } as unknown as CcxtClient;
  const rawSnapshot = (symbol: string): unknown =>
    snapshots.get(symbol) ?? snapshots.get(symbol.replace('/', '_')) ?? snapshots.get(symbol.replace('/', ''));
  builder.fetchRestOrderBookSafe = (symbol) => {
    const raw = rawSnapshot(symbol) as { lastUpdateId?: number; id?: number; microtimestamp?: string } | undefined;
    if (raw === undefined) return Promise.reject(new Error(`no whole book of ${symbol} was recorded`));
    const book = builder.parseOrderBook(raw, symbol);
    book.nonce = raw.lastUpdateId ?? raw.id ?? Number(raw.microtimestamp);
    return Promise.resolve(book);
  };
  const check = createSequenceCheck(exchange.id);
  const result = { messages: 0, books: 0, crossed: 0, crossedSeen: 0 };

  const look = (value: unknown): void => {
    const book = value as { symbol?: string; bids?: Side; asks?: Side } | undefined;
    if (book?.bids === undefined || book.asks === undefined) return;
    const symbol = book.symbol ?? '';
    if (book.bids.length === 0 || book.asks.length === 0) return;
    const bid = Math.max(...book.bids.map(([price]) => price));
    const ask = Math.min(...book.asks.map(([price]) => price));
    const reading = readBook(book, symbol as InstrumentId, unixMs(0));
    result.books += 1;
    if (bid >= ask) result.crossed += 1;
    if (reading.kind === 'crossed') result.crossedSeen += 1;
    if (reading.kind === 'crossed' || reading.kind === 'odd') notices.push(`${symbol}: ${reading.detail}`);
  };

  for (const [index, message] of messages.entries()) {
    const key = venue.bookOf(message as never);
    if (venue.prepared === true && key !== undefined && !changed.has(key)) {
      changed.add(key);
      const symbol = symbolOf(key, venue);
      builder.orderbooks[symbol] = builder.orderBook({}, 1000);
      if (builder.fetchOrderBookSnapshot !== undefined && venue.name.startsWith('BINANCE'))
        await builder.fetchOrderBookSnapshot(client, message, {
          symbol,
          type: venue.name.endsWith('FUTURES') ? 'future' : 'spot',
        });
    }
    if (index === without) continue;
    result.messages += 1;
    const gap = check.read(message);
    if (gap !== undefined) notices.push(`gap: ${gap.stream} ${gap.expected} -> ${gap.got}`);
    // Trades and tickers want markets that were not recorded; books and the answers to subscriptions do not.
    if (key === undefined && !(typeof message === 'object' && message !== null && 'event' in message)) continue;
    builder.handleMessage(client, message);
    if (venue.prepared === true && key !== undefined) await settle();
  }
  return { ...result, notices };
}

/** How the builder calls the book of a key when it knows no markets. */
function symbolOf(key: string, { name }: RecordedVenue): string {
  if (name === 'GATEIO') return key.replace('_', '/');
  return name === 'BITSTAMP' ? (key.split('_')[3] ?? key) : key;
}

const table: Record<string, unknown>[] = [];

describe.skipIf(notRunWithoutShared("recordings of venues' traffic"))('recorded traffic of 13 venues', () => {
  for (const venue of RECORDED) {
    if (venue.id === undefined) {
      console.log(`not run: ${venue.name} (${venue.why})`);
      table.push({ venue: venue.name, ran: `no: ${venue.why}` });
      continue;
    }
    it(`${venue.name}: no crossed book is left unnoticed and every gap is noticed`, async () => {
      const messages = recordedMessages(venue);
      const whole = await replay(venue, messages);
      expect(whole.books, 'a replay that built no book proves nothing').toBeGreaterThan(20);
      expect(whole.crossedSeen).toBe(whole.crossed);
      if (whole.crossed > 0) expect(whole.notices.length).toBeGreaterThan(0);

      // A message can only be missed when another one of its stream follows.
      const keys = messages.map((message) => venue.bookOf(message as never));
      const between = keys.flatMap((key, index) =>
        key !== undefined && keys.indexOf(key) < index && keys.lastIndexOf(key) > index ? [index] : [],
      );
      const rng = createRng(7);
      const lost = venue.numbered ? 12 : 0;
      let noticed = 0;
      for (let n = 0; n < lost; n++) {
        const without = between[rng.integer(between.length)];
        const torn = await replay(venue, messages, without);
        const before = new Set(whole.notices);
        if (torn.notices.some((notice) => !before.has(notice))) noticed += 1;
      }
      table.push({
        venue: venue.name,
        ran: `as ${venue.id}`,
        messages: whole.messages,
        books: whole.books,
        crossed: whole.crossed,
        'crossed seen': whole.crossedSeen,
        'gaps made': venue.numbered ? lost : 'none: no numbers',
        'gaps seen': venue.numbered ? noticed : '-',
        'first notice': whole.notices[0] ?? '',
      });
      expect(noticed).toBe(lost);
    });
  }

  it('runs the builders of at least ten venues', () => {
    expect(RECORDED.length).toBe(13);
    expect(RECORDED.filter(({ id }) => id !== undefined).length).toBeGreaterThanOrEqual(10);
  });

  afterAll(() => console.table(table));
});
