import { join } from 'node:path';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { type EngineProcess, isReady, startEngineProcess } from '../support/engine-process.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { runMt } from '../support/run-mt.ts';
import { quantile } from './quantile.ts';
import type { Proof, ProofRow } from './types.ts';

const SOAK_MS = { ci: 75_000, nightly: 1_800_000 } as const;
const HOUR_MS = 3_600_000;
const SHORTEST_LIFE_MS = 5_000;
const LONGEST_LIFE_MS = 15_000;
const LOOK_MS = 200;
/** How rarely an engine may be expected to crash, for what the soak is extrapolated to. */
const CRASHES = { often: 300_000, hourly: HOUR_MS } as const;

type Life = { readonly readyMs: number; readonly notReady: number; readonly looks: number };

/** Keeps the engine busy until its time has come: a cycle whenever none runs, orders by hand, and a look whether it is still ready. */
async function live({ client }: EngineProcess, forMs: number, rng: Rng): Promise<Omit<Life, 'readyMs'>> {
  const end = performance.now() + forMs;
  let looks = 0;
  let notReady = 0;
  while (performance.now() < end) {
    looks += 1;
    if (!(await isReady(client))) notReady += 1;
    await client.invoke('cycle.start', { trigger: 'terminal' }).catch(refusedOnly);
    if (rng.integer(5) === 0)
      await client
        .invoke('orders.place', { instrument: 'BTC/USDT', side: 'buy', quantity: '0.02', stop: '1' })
        .catch(refusedOnly);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return { looks, notReady };
}

/** The gate may say no at any time, which is an answer. */
function refusedOnly(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'rejected')) throw error;
}

const percent = (share: number): string => `${(share * 100).toFixed(3)} %`;

/** Share of the time in which an engine is ready that takes `downMs` to come back and crashes every `everyMs`. */
const readyShare = (downMs: number, everyMs: number): number => 1 - downMs / everyMs;

/**
 * The installed engine under load, killed again and again without warning and started again at once, as a service manager would. A soak of a
 * minute with a crash every ten seconds says little about a year; what it measures is how long coming back takes, and whether it always does.
 */
export const r7: Proof = {
  id: 'R7',
  title: 'an engine that crashes is back at once, with its journal whole',
  async run({ size, seed, scratch, say }) {
    await installedTerminal();
    const home = join(scratch, 'home');
    const rng = createRng(seed);
    const lives: Life[] = [];
    const began = performance.now();
    let engine = await startEngineProcess(home);
    const firstStartMs = performance.now() - began;
    const soakBegan = performance.now();
    try {
      while (performance.now() - soakBegan < SOAK_MS[size]) {
        const forMs = SHORTEST_LIFE_MS + rng.integer(LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
        const lived = await live(engine, forMs, rng);
        const killedAt = performance.now();
        engine.running.child.kill('SIGKILL');
        engine.client.close();
        await engine.running.finished;
        engine = await startEngineProcess(home);
        lives.push({ ...lived, readyMs: performance.now() - killedAt });
        say(`${lives.length} crashes, back after ${Math.round(lives.at(-1)?.readyMs ?? 0)} ms`);
      }
    } finally {
      engine.running.child.kill('SIGTERM');
      await engine.running.finished;
    }
    const soakMs = performance.now() - soakBegan;
    const down = lives.map(({ readyMs }) => readyMs);
    const downMs = down.reduce((a, b) => a + b, 0);
    const meanDownMs = downMs / lives.length;
    const p95 = quantile(down, 0.95);
    const verified = await runMt(['audit', 'verify', '--json'], { home });
    const { records = 0 } = JSON.parse(verified.stdout || '{}') as { readonly records?: number };
    const looks = lives.reduce((total, life) => total + life.looks, 0);
    const notReady = lives.reduce((total, life) => total + life.notReady, 0);
    const rows: ProofRow[] = [
      {
        what: 'share of the time ready at one crash an hour, from the mean time to come back',
        goal: 'at least 99.9 %',
        measured: `${percent(readyShare(meanDownMs, CRASHES.hourly))}, ${Math.round(meanDownMs)} ms from the kill to ready`,
        n: lives.length,
        kind: 'clock',
        met: readyShare(meanDownMs, CRASHES.hourly) >= 0.999,
      },
      {
        what: 'the same at a crash every five minutes, from the 95th percentile',
        goal: 'at least 99 %',
        measured: `${percent(readyShare(p95, CRASHES.often))}, ${Math.round(p95)} ms`,
        n: lives.length,
        kind: 'clock',
        met: readyShare(p95, CRASHES.often) >= 0.99,
      },
      {
        what: `share of the time ready in the soak itself, with a crash every ${SHORTEST_LIFE_MS / 1000} to ${LONGEST_LIFE_MS / 1000} s, seed ${seed}`,
        goal: 'none',
        measured: `${percent(1 - downMs / soakMs)} of ${Math.round(soakMs / 1000)} s; the first start took ${Math.round(firstStartMs)} ms`,
        n: lives.length,
        kind: 'figure',
        met: true,
      },
      {
        what: 'looks at a running engine that found it not ready',
        goal: '0',
        measured: String(notReady),
        n: looks,
        kind: 'goal',
        met: notReady === 0 && looks > 0,
      },
      {
        what: 'the journal after all crashes',
        goal: 'whole',
        measured:
          verified.code === 0 ? `whole, ${records} records` : `${verified.stdout}${verified.stderr}`.slice(0, 300),
        n: records,
        kind: 'goal',
        met: verified.code === 0 && records > 0,
      },
    ];
    return { kind: 'ran', rows };
  },
};
