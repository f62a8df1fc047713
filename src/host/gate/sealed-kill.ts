import type { KillReport, KillVerb } from '#shared/contract/kill.ts';
import { raiseKillFlag, readKillFlag } from '../kill-flag.ts';

/** What the file says. The master's own words would lie readable on the disk, so they are not taken along. */
const IN_THE_FILE = 'the kill switch, while the vault was sealed';

/**
 * The kill switch of an engine whose vault is shut: it can reach no venue, but it can make sure that nothing trades when the vault opens.
 * Throws Fault `storage` when the folder takes no file.
 */
export function killSealed(runDir: string, verb: KillVerb, now: number): KillReport {
  const alreadyHalted = readKillFlag(runDir) !== undefined;
  if (!alreadyHalted) raiseKillFlag(runDir, IN_THE_FILE);
  return {
    tradingState: 'halted',
    verb,
    alreadyHalted,
    steps: [
      {
        name: 'Halt recorded',
        done: true,
        detail: 'the file KILL lies in the run folder; the engine obeys it when the vault opens',
        ts: now,
      },
      {
        name: 'Open orders canceled',
        done: false,
        detail:
          'the vault is sealed, so no venue can be asked: unlock it and kill again, or cancel at the venue itself',
        ts: now,
      },
    ],
    venues: [],
  };
}
