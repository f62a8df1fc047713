import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { type RunningApp, startApp, stopScreen } from '../../e2e/support/app.ts';
import { layOutProgram } from './busy-program.ts';
import { watchPage } from './page-probe.ts';

export type BusyWindow = {
  readonly running: RunningApp;
  readonly client: AppClient;
  /** Back-tests that have ended since `keepTesting`. */
  backtests(): number;
  /** Plays one back-test after another in the engine until the window is closed. */
  keepTesting(): void;
  /** Agents that have ended since `keepTrading`. */
  cycles(): number;
  /** Lets one agent after another trade on the running market, with so many milliseconds between them. */
  keepTrading(restMs: number): void;
  close(): Promise<void>;
};

const INSTRUMENTS = 20;
/** One-minute candles of the simulated market close ten times a second. */
const SPEED = 600;
const CANDLES = 200_000;
const LOOK_MS = 500;

/** The product in real Electron on a market of twenty instruments of ten updates a second each, all of it through its own parts. */
export async function openBusyWindow(
  electron: string,
  scratch: string,
  { instruments = INSTRUMENTS, speed = SPEED } = {},
): Promise<BusyWindow> {
  const program = layOutProgram(join(scratch, 'program'), instruments);
  const home = join(scratch, 'home');
  mkdirSync(home, { recursive: true });
  const running = await startApp(electron, home, { MT_MARKET_SPEED: String(speed) }, false, {
    program,
    switches: ['--js-flags=--expose-gc'],
  });
  const client = await connectToEngine(home, 'trade');
  if (client === undefined) throw new Error('the window opened no door for the terminal');
  await watchPage(running.page);
  let open = true;
  let played = 0;
  let ended = 0;
  const working: Promise<void>[] = [];
  const play = async (): Promise<void> => {
    while (open) {
      await client.invoke('lab.backtest', {
        market: { kind: 'generator', seed: played, candles: CANDLES },
        interval: '1m',
        strategy: 'sma-cross',
      });
      played += 1;
    }
  };
  const trade = async (restMs: number): Promise<void> => {
    while (open) {
      const { cycle } = await client.invoke('cycle.start', { trigger: 'terminal' });
      while (open && (await client.invoke('cycle.get', { cycle }))?.state === 'running') await sleep(LOOK_MS);
      if (open) ended += 1;
      else await client.invoke('engine.kill', { reason: 'the measurement is over', verb: 'flatten' });
      for (let waited = 0; open && waited < restMs; waited += LOOK_MS) await sleep(LOOK_MS);
    }
  };
  return {
    running,
    client,
    backtests: () => played,
    keepTesting() {
      working.push(play());
    },
    cycles: () => ended,
    keepTrading(restMs) {
      working.push(trade(restMs));
    },
    async close() {
      open = false;
      await Promise.all(working);
      client.close();
      await running.quit();
      stopScreen();
    },
  };
}
