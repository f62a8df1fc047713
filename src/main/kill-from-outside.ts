import { raiseKillFlag } from '#host/kill-flag.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';

/**
 * The kill switch of tray and hotkey. It speaks with the engine of this very process, so no window is needed; and when the engine does not
 * answer as it should (its data are locked, for instance) the file KILL halts it. Rejects only when neither can be done.
 */
export async function killFromOutside(client: AppClient, runDir: string, reason: string): Promise<void> {
  try {
    await client.invoke('engine.kill', { reason, verb: 'flatten' });
  } catch {
    raiseKillFlag(runDir, reason);
  }
}
