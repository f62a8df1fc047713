import { parentPort, workerData } from 'node:worker_threads';
import { startExchange } from '../exchange/client.ts';
import type { Cell } from '../support/live/cells.ts';
import { type LiveLine, openLine, type PlantedBug } from '../support/live/engine.ts';
import { playCell } from '../support/live/play-cell.ts';
import { type LiveVenueId, liveKey, riches } from '../support/live/venues.ts';

export type MatrixTask = {
  readonly venue: LiveVenueId;
  readonly cells: readonly Cell[];
  readonly seeds: readonly number[];
  readonly bug: PlantedBug;
  /** Accounts that live at once on one exchange. */
  readonly lanes: number;
};

export type CellResult = {
  readonly cell: Cell;
  readonly lives: number;
  readonly fired: number;
  /** Lives in which the fault took place at least once. */
  readonly hit: number;
  /** Seed and what was wrong. */
  readonly wrong: readonly string[];
};

const { venue, cells, seeds, bug, lanes } = workerData as MatrixTask;
const accounts = Array.from({ length: lanes }, (_, index) => `lane-${index}`);
const exchange = await startExchange({
  venue,
  seed: seeds[0] ?? 1,
  marketIntervalMs: 200,
  keys: accounts.map(liveKey),
  balances: Object.fromEntries(accounts.map((account) => [account, riches(venue)])),
});
const results = cells.map((cell) => ({ cell, lives: 0, fired: 0, hit: 0, wrong: [] as string[] }));
// The slow cells are spread over the whole time instead of standing side by side.
const jobs = seeds.flatMap((seed) => results.map((result) => ({ seed, result })));

/** Reading all markets may take longer than the product waits when many do it at once; that is not what is tried here. */
const TRIES = 5;

async function open(account: string): Promise<LiveLine> {
  let line: LiveLine | undefined;
  for (let tries = 1; line === undefined; tries++)
    line = await openLine(venue, exchange.port, liveKey(account)).catch((error: unknown) => {
      if (tries < TRIES) return undefined;
      throw error;
    });
  // A stream that lives on between two lives, as it does between two orders; ready before the first.
  const { gateway } = line;
  await new Promise<void>((done) => {
    gateway.subscribe(({ kind }) => {
      if (kind === 'restored') done();
    });
  });
  return line;
}

async function work(account: string): Promise<void> {
  let line = await open(account);
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { seed, result } = job;
    const { fired, wrong } = await playCell(line, exchange, account, { cell: result.cell, seed, bug });
    result.lives += 1;
    result.fired += fired;
    if (fired > 0) result.hit += 1;
    if (wrong.length > 0) result.wrong.push(`seed ${seed}: ${wrong.join('; ')}`);
    // What a faulty stream has done to the connection is no business of the next life.
    if (result.cell.on === 'stream' || wrong.length > 0) {
      await line.gateway.close();
      line = await open(account);
    }
  }
  await line.gateway.close();
}

try {
  await Promise.all(accounts.map(work));
} finally {
  await exchange.stop();
}
parentPort?.postMessage(results satisfies CellResult[]);
