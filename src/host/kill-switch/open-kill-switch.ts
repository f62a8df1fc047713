import { draft } from '#core/cycle/records.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EngineParts } from '../parts.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';
import { deskTarget } from './desk-target.ts';
import { watchEntries } from './entry-watch.ts';
import { createKillSwitch, type KillSwitch } from './kill-switch.ts';
import { wallTime } from './wall-time.ts';

/** The kill switch of one engine, over the simulated desk and whatever venues were added to its parts. */
export function openKillSwitch(parts: EngineParts, runner: CycleRunner, changed: () => void): KillSwitch {
  const { account, paper, market, storage, tradingState, logger } = parts;
  const simulated = deskTarget({
    desks: () => runner.desks(),
    accounts: () => {
      const running = runner.desks().map((one) => one.account);
      return [...new Set([account, ...paper.all().map((one) => one.account), ...running])];
    },
    stopAgents(verb, reason) {
      return verb === 'flatten'
        ? runner.cancel(`killed: ${reason}`, 'all')
        : runner.release(`stopped managing: ${reason}`, 'all');
    },
    async flatten() {
      await runner.idle();
      await runner.settleAll();
      await runner.settlePaper();
    },
  });
  return createKillSwitch({
    latch: tradingState,
    targets: () => [simulated, ...parts.cancelTargets],
    time: wallTime,
    marketNow: () => market.clock.now(),
    record: ({ verb, reason }, venues) => {
      storage.journal.append(SYSTEM_CYCLE, [
        draft(SYSTEM_RUN, market.clock.now(), 'kill.proof', { verb, reason, venues }),
      ]);
    },
    entries: watchEntries(storage.journal),
    onError: (what, error) => logger.error(what, error),
    changed,
  });
}
