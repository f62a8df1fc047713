import { Worker } from 'node:worker_threads';
import { type Cell, cellsOf, HIT } from '../support/live/cells.ts';
import type { PlantedBug } from '../support/live/engine.ts';
import { LIVE_VENUES, type LiveVenueId } from '../support/live/venues.ts';
import type { CellResult, MatrixTask } from './r4-worker.ts';
import type { Proof, ProofRow } from './types.ts';

const SEEDS = { ci: 20, nightly: 500 } as const;
/** A life mostly waits, so that many share an exchange. */
const LANES = 24;
const CONTROL_SEEDS = 3;
const VENUES = Object.keys(LIVE_VENUES) as LiveVenueId[];

const startWorker = (task: MatrixTask): Worker =>
  new Worker(new URL('./r4-worker.ts', import.meta.url), { workerData: task });
const answerOf = (worker: Worker): Promise<readonly CellResult[]> =>
  new Promise((done, fail) => {
    worker.once('message', done);
    worker.once('error', fail);
  });

/** Every cell that `wanted` keeps, with these seeds, at both exchanges at once. */
async function playAll(
  bug: PlantedBug,
  seeds: readonly number[],
  wanted: (cell: Cell) => boolean,
): Promise<readonly CellResult[]> {
  const workers = VENUES.map((venue) =>
    startWorker({ venue, cells: cellsOf(venue).cells.filter(wanted), seeds, bug, lanes: LANES }),
  );
  try {
    return (await Promise.all(workers.map(answerOf))).flat();
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const nameOf = ({ venue, on, fault }: Cell): string => `${venue} ${fault} on ${on}`;
const seedsFrom = (seed: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => seed * 1_000 + index);

/**
 * The product's gateway over unmodified ccxt, its order protocol and its execution, against two exchanges that misbehave in every way they
 * know, each way at each kind of request. The journal is in memory here; on disk and through kills it is in R1 and R1c.
 */
export const r4: Proof = {
  id: 'R4',
  title: 'every fault at every request of two exchanges ends in what the exchange itself says',
  async run({ size, seed, say }) {
    const seeds = seedsFrom(seed, SEEDS[size]);
    const results = await playAll('none', seeds, () => true);
    const lives = results.reduce((total, one) => total + one.lives, 0);
    const wrong = results.filter((one) => one.wrong.length > 0);
    const silent = results.filter(({ fired }) => fired === 0);
    const missed = results.filter(({ hit, lives: of }) => hit < of);
    for (const { cell, wrong: list } of wrong) for (const text of list.slice(0, 3)) say(`${nameOf(cell)}, ${text}`);
    for (const venue of VENUES)
      for (const on of HIT) {
        const counts = results.filter(({ cell }) => cell.venue === venue && cell.on === on);
        say(`${venue}, ${on}: ${counts.map(({ cell, fired }) => `${cell.fault} ${fired}`).join(', ')}`);
      }
    for (const text of cellsOf('binance').without) say(`no cell: ${text}`);
    const rows: ProofRow[] = [
      {
        what: `cells in which an order, a fill or a holding ends otherwise than at the exchange, ${seeds.length} seeds each from ${seeds[0]}`,
        goal: `0 of ${results.length}`,
        measured: wrong.length === 0 ? '0' : `${wrong.length}: ${wrong.map(({ cell }) => nameOf(cell)).join(', ')}`,
        n: lives,
        kind: 'goal',
        met: wrong.length === 0 && lives === results.length * seeds.length,
      },
      {
        what: 'cells whose fault never took place',
        goal: '0',
        measured: silent.length === 0 ? '0' : silent.map(({ cell }) => nameOf(cell)).join(', '),
        n: results.reduce((total, { fired }) => total + fired, 0),
        kind: 'goal',
        met: silent.length === 0,
      },
      {
        what: 'lives in which the fault of the cell took place',
        goal: 'none',
        measured: `${results.reduce((total, { hit }) => total + hit, 0)} of ${lives}${missed.length === 0 ? '' : `; not in all of ${missed.map(({ cell, hit, lives: of }) => `${nameOf(cell)} (${hit} of ${of})`).join(', ')}`}`,
        n: lives,
        kind: 'figure',
        met: true,
      },
    ];
    const planted = await playAll(
      'unknown taken for refused',
      seedsFrom(seed, CONTROL_SEEDS),
      // There the answer to an order is lost and the stream is silent: with either of them the protocol would notice by itself.
      ({ on, fault }) => on === 'query' && fault === 'slow',
    );
    const seen = planted.flatMap(({ cell, wrong: list }) => list.map((text) => `${nameOf(cell)}, ${text}`));
    rows.push({
      what: 'control: an unknown outcome taken for a refusal',
      goal: 'seen',
      measured: `${seen.length} lives end wrong${seen[0] === undefined ? '' : `; first: ${seen[0].slice(0, 200)}`}`,
      n: planted.reduce((total, one) => total + one.lives, 0),
      kind: 'control',
      met: seen.length > 0,
    });
    return { kind: 'ran', rows };
  },
};
