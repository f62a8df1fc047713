import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { isSealed } from '#shared/contract/engine.ts';
import { type RunningMt, startMt } from './run-mt.ts';

/** `mt up` as a process of its own, with a client that may trade. */
export type EngineProcess = { readonly running: RunningMt; readonly client: AppClient };

/** True when it would take an order: open, not halted, and what happens can be written down. */
export async function isReady(client: AppClient): Promise<boolean> {
  const status = await client.invoke('engine.status', {});
  return !isSealed(status) && status.tradingState === 'active' && status.journal.writable;
}

const LOOK_MS = 10;

/** Starts the engine on a data folder and waits until it is ready. Throws with all that it said when it ends before. */
export async function startEngineProcess(home: string): Promise<EngineProcess> {
  const running = await startMt(['up'], { home });
  await running.said(/listens on/);
  const client = await connectToEngine(home, 'trade');
  while (!(await isReady(client))) await new Promise((done) => setTimeout(done, LOOK_MS));
  return { running, client };
}
