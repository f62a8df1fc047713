import type { InstrumentId, UnixMs } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { LiveBook, LiveMarketEvent } from '#core/ports/live-market.ts';
import type { Account } from '../account-call.ts';
import { errorClass } from '../classify-error.ts';
import { errorText } from '../error-text.ts';
import { can } from '../exchange.ts';
import { fieldAt, timeField } from '../parse/fields.ts';
import { follow } from './follow.ts';
import { createHealth, type Health } from './health.ts';
import { readBook } from './read-book.ts';
import { createStaleGuard, type StaleGuard } from './stale-guard.ts';
import { askTicker, disagreement } from './two-source.ts';

/** Between two comparisons with the venue's own ticker. */
const COMPARE_MS = 15_000;
/** After so many times the age that is allowed the connection is taken for dead. */
const QUIET_LIMITS = 4;
/** Venues without a stream of books are asked so often. */
const POLL_MS = 1_000;

export type WatchedInstrument = {
  readonly health: Health;
  readonly guard: StaleGuard;
  readonly book: () => LiveBook | undefined;
  /** Called several times a second. */
  tick(): void;
  stop(): void;
};

export type WatchOptions = {
  readonly account: Account;
  readonly instrumentId: InstrumentId;
  readonly symbol: string;
  readonly chance: () => number;
  readonly emit: (event: LiveMarketEvent) => void;
  /** Drops the connections, so that the next round subscribes and takes a new snapshot. */
  readonly resync: () => void;
};

/** Follows book and trades of one instrument and says at each moment whether its prices may be acted on. */
export function watchInstrument(options: WatchOptions): WatchedInstrument {
  const { account, instrumentId, symbol, chance, emit, resync } = options;
  const { exchange, traits, clocks, open } = account;
  const { wall, steady } = clocks;
  const health = createHealth(
    () => wall.now(),
    (now) => emit({ kind: 'health', instrumentId, health: now }),
  );
  const guard = createStaleGuard(steady.now());
  let book: LiveBook | undefined;
  let comparedAt = steady.now();
  let quietSince: number | undefined;
  let stopped = false;

  const takeBook = (value: unknown): void => {
    const reading = readBook(value, instrumentId, wall.now());
    if (reading.kind !== 'ok') {
      health.spoil(reading.kind === 'crossed' ? 'crossed' : 'gap', reading.detail);
      resync();
      return;
    }
    guard.arrived(steady.now());
    book = reading.book;
    health.clear('starting', 'disconnected', 'gap', 'crossed', 'quiet');
    emit({ kind: 'book', book });
  };

  const takeTrades = (items: unknown): void => {
    if (!Array.isArray(items)) return;
    guard.arrived(steady.now());
    if (book !== undefined) health.clear('quiet');
    for (const item of items as readonly unknown[]) {
      const [price, quantity, side] = [fieldAt(item, ['price']), fieldAt(item, ['amount']), fieldAt(item, ['side'])];
      const at: UnixMs = unixMs(timeField(fieldAt(item, ['timestamp'])) ?? wall.now());
      if (typeof price !== 'number' || typeof quantity !== 'number' || !(price > 0) || !(quantity > 0)) continue;
      if (side !== 'buy' && side !== 'sell') continue;
      emit({ kind: 'trade', trade: { instrumentId, price, quantity, side, at } });
    }
  };

  health.spoil('starting', 'no book has come yet');
  const stops = [
    follow({
      steady,
      chance,
      next: async () => {
        if (can(exchange, 'watchOrderBook')) return takeBook(await exchange.watchOrderBook(symbol, traits.bookDepth));
        takeBook(await exchange.fetchOrderBook(symbol));
        await new Promise<void>((resolve) => void steady.setTimer(unixMs(steady.now() + POLL_MS), resolve));
      },
      onError: (error) => {
        const name = errorClass(error);
        // A wrong sequence is a gap whoever noticed it; anything else is the connection.
        const reason = name === 'ChecksumError' || name === 'InvalidNonce' ? 'gap' : 'disconnected';
        if (!health.has('gap')) health.spoil(reason, errorText(error, open.secrets));
      },
    }),
    ...(can(exchange, 'watchTrades')
      ? [
          follow({
            steady,
            chance,
            next: async () => takeTrades(await exchange.watchTrades(symbol)),
            // The book's stream judges the connection; trades that fail alone make the market quiet.
            onError: () => undefined,
          }),
        ]
      : []),
  ];

  const compare = async (): Promise<void> => {
    const answer = await askTicker(account, instrumentId, symbol);
    if (stopped || answer.kind === 'failed' || book === undefined) return;
    const apart = disagreement(book, answer.value);
    if (apart === undefined) health.clear('disagrees');
    else health.spoil('disagrees', apart);
  };

  return {
    health,
    guard,
    book: () => book,
    tick() {
      const now = steady.now();
      if (guard.isQuiet(now) && book !== undefined) {
        health.spoil('quiet', `nothing came for more than ${Math.round(guard.limitMs())} ms`);
        quietSince ??= now;
        // A connection may be dead without anybody having closed it; ccxt would notice after a minute.
        if (now - quietSince > guard.limitMs() * QUIET_LIMITS) {
          quietSince = undefined;
          guard.reset(now);
          resync();
        }
      } else quietSince = undefined;
      if (now - comparedAt >= COMPARE_MS) {
        comparedAt = now;
        void compare();
      }
    },
    stop() {
      stopped = true;
      for (const stop of stops) stop();
    },
  };
}
