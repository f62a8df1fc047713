import { afterEach, describe, expect, it } from 'vitest';
import { type ExchangeProcess, startExchange } from '../exchange/client.ts';
import { type LiveLine, openLine } from '../support/live/engine.ts';
import { liveKey, riches } from '../support/live/venues.ts';

/** For what surely comes, and may take its time on a busy machine. */
const WAIT = { interval: 50 };
const ACCOUNT = 'master';

describe.each(['binance', 'kraken'] as const)('an outage of %s', (venue) => {
  let exchange: ExchangeProcess | undefined;
  let line: LiveLine | undefined;
  const lost: unknown[] = [];
  const note = (error: unknown): void => void lost.push(error);
  afterEach(async () => {
    process.off('unhandledRejection', note);
    await line?.gateway.close();
    await exchange?.stop();
  });

  it('is told and ends by itself, and no promise of the library fails unheard, which would end the program', async () => {
    process.on('unhandledRejection', note);
    const running = await startExchange({
      venue,
      seed: 1,
      marketIntervalMs: 0,
      keys: [liveKey(ACCOUNT)],
      balances: { [ACCOUNT]: riches(venue) },
    });
    exchange = running;
    line = await openLine(venue, running.port, liveKey(ACCOUNT));
    const told: string[] = [];
    line.gateway.subscribe(({ kind }) => void told.push(kind));
    await expect.poll(() => told, WAIT).toEqual(['restored']);
    // Each new connection is refused for some tries.
    await running.setMaintenance(true);
    await running.dropStreams();
    const tries = async (): Promise<number> => (await running.truth()).requests['WS refused'] ?? 0;
    await expect.poll(tries, WAIT).toBeGreaterThan(1);
    await running.setMaintenance(false);
    await expect.poll(() => told, WAIT).toEqual(['restored', 'lost', 'restored']);
    // Nobody listens at the address any more.
    await running.stop();
    await expect.poll(() => told.length, WAIT).toBe(4);
    await new Promise((done) => setTimeout(done, 2_000));
    expect(lost).toEqual([]);
    expect(told).toEqual(['restored', 'lost', 'restored', 'lost']);
  });
});
