import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { REALTIME_SPEED } from '#host/simulated-market.ts';
import { NODE } from '../support/child.ts';
import type { SoakLine } from '../support/soak-engine.ts';
import type { Proof, ProofRow } from './types.ts';

/** Seconds in which caches fill, and then those that are measured. */
const SOAK = { ci: { warmUp: 35, measured: 40 }, nightly: { warmUp: 600, measured: 6_600 } } as const;
/** While caches fill an engine without the bug grows by 3 to 4 MB in the control's time. */
const SEEN_MB = 8;
const CONTROL = { warmUp: 10, measured: 20 } as const;
/** In MB for an hour of market. While caches still fill, the short soak cannot be held to what the long one is. */
const MOST = { ci: 2, nightly: 1 } as const;

const SCRIPT = resolve(import.meta.dirname, '../support/soak-engine.ts');

/** Runs the engine for so long and answers what it said each second. */
async function soak(home: string, seed: number, seconds: number, bug: 'none' | 'leak'): Promise<readonly SoakLine[]> {
  mkdirSync(home, { recursive: true });
  const child = spawn(NODE, ['--expose-gc', SCRIPT, home, String(seed), bug], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said = `${said}${part.toString()}`.slice(-2_000);
  });
  const lines: SoakLine[] = [];
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as SoakLine;
    lines.push(line);
    if (line.seconds >= seconds) child.kill('SIGKILL');
  });
  await ended;
  if ((lines.at(-1)?.seconds ?? 0) < seconds) throw new Error(`the engine ended before its time: ${said}`);
  return lines;
}

/** The median of the slopes between points that lie half of the stretch apart: one odd second moves nothing. */
function slopePerSecond(points: readonly (readonly [number, number])[]): number {
  const half = Math.floor(points.length / 2);
  const slopes = points.slice(half).map(([x, y], index) => {
    const [x0, y0] = points[index] ?? [0, 0];
    return (y - y0) / (x - x0);
  });
  return slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? Number.NaN;
}

type Growth = { readonly heap: number; readonly rss: number; readonly n: number };

/** MB for an hour of market, which passes in a minute here. */
function growth(lines: readonly SoakLine[], warmUp: number): Growth {
  const measured = lines.filter(({ seconds }) => seconds >= warmUp);
  const perHour = (of: (line: SoakLine) => number): number =>
    (slopePerSecond(measured.map((line) => [line.seconds, of(line)])) * 3_600) / REALTIME_SPEED;
  return { heap: perHour(({ heapMb }) => heapMb), rss: perHour(({ rssMb }) => rssMb), n: measured.length };
}

const mb = (value: number): string => `${value.toFixed(2)} MB`;

/**
 * An engine that is used without a pause on a market of sixty times the usual pace. What it keeps is read after a full collection each second, so
 * that a minute shows what only hours would show in the size of the process.
 */
export const r14: Proof = {
  id: 'R14',
  title: 'the memory of an engine in use stays within bounds, and no promise fails unheard',
  async run({ size, seed, scratch }) {
    const { warmUp, measured } = SOAK[size];
    const [lines, leaking] = await Promise.all([
      soak(join(scratch, 'soak'), seed, warmUp + measured, 'none'),
      soak(join(scratch, 'leak'), seed, CONTROL.warmUp + CONTROL.measured, 'leak'),
    ]);
    const grown = growth(lines, warmUp);
    const planted = growth(leaking, CONTROL.warmUp);
    const last = lines.at(-1);
    const rows: ProofRow[] = [
      {
        what: `growth of the heap for an hour of market, over ${measured} s after ${warmUp} s, seed ${seed}`,
        goal: `under ${MOST[size]} MB`,
        measured: `${mb(grown.heap)}; ${last?.records ?? 0} records and ${last?.calls ?? 0} calls in all`,
        n: grown.n,
        kind: 'goal',
        met: grown.heap < MOST[size],
      },
      {
        what: 'growth of the process for an hour of market',
        goal: 'none',
        measured: `${mb(grown.rss)}, ${mb(last?.rssMb ?? 0)} at the end`,
        n: grown.n,
        kind: 'figure',
        met: true,
      },
      {
        what: 'promises that failed unheard',
        goal: '0',
        measured: String(last?.unhandled ?? 'not counted'),
        n: last?.calls ?? 0,
        kind: 'goal',
        met: last?.unhandled === 0,
      },
      {
        what: 'control: eight thousand bytes of every call kept for good',
        goal: `seen: over ${SEEN_MB} MB`,
        measured: mb(planted.heap),
        n: planted.n,
        kind: 'control',
        met: planted.heap > SEEN_MB,
      },
    ];
    return { kind: 'ran', rows };
  },
};
