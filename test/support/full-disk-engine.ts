import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine, type TestEngine } from './engine.ts';
import type { MemorySecretStore } from './memory-secret-store.ts';

export const request = cycleRequest.parse({ trigger: 'terminal' });

/** Presses, and answers in the moment in which the agent holds a position. */
export async function engineThatHolds(home: string, secrets: MemorySecretStore): Promise<TestEngine> {
  const test = await startTestEngine({ home, secrets });
  const { handlers } = test.engine;
  await handlers['cycle.start'](request);
  for (;;) {
    const view = await handlers['cycle.get']({});
    if (view?.fills.some(({ purpose }) => purpose === 'entry') === true) return test;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * Fills the disk to its last byte, and the room that the journal keeps for itself as well, without letting anything else happen meanwhile.
 * Answers with what the journal said in the end, and the undo.
 */
export function fillDisk(disk: string, handlers: AppHandlers): { readonly refused: string; readonly free: () => void } {
  const filler = join(disk, 'filler');
  for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) while (appended(filler, size));
  for (let i = 0; ; i++) {
    try {
      // Tighter each time, which needs no proof of who asks.
      void handlers['risk.set_limits']({
        changes: { dayLoss: (0.0149 - i * 1e-7).toFixed(7) },
        reason: 'to fill the journal',
      });
    } catch (error) {
      return { refused: String(error), free: () => rmSync(filler, { force: true }) };
    }
  }
}

function appended(path: string, size: number): boolean {
  try {
    writeFileSync(path, Buffer.alloc(size), { flag: 'a' });
    return true;
  } catch {
    return false;
  }
}
