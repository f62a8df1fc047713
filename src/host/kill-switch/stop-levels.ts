import { countText } from '#shared/format/names.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EngineParts } from '../parts.ts';
import type { KillSwitch } from './kill-switch.ts';

export type LevelStep = { readonly name: string; readonly done: boolean; readonly detail: string };

/**
 * The two levels below the kill switch. Both let nothing new in until trading is resumed; neither is an emergency: agents end in order, and
 * every mode stays as it was chosen.
 */
export type StopLevels = {
  /** Nothing new: entries that rest are withdrawn, agents go on with what they hold. Throws a Fault while halted, and when it cannot be recorded. */
  halt(reason: string): Promise<void>;
  /** That, and everything that is held is closed. Throws as `halt` does. */
  flatten(reason: string): Promise<readonly LevelStep[]>;
};

/** For everything to be closed; what is not by then goes on being closed. */
const CLOSE_WAIT_MS = 40_000;
const LONGEST_DETAIL = 400;

export function createStopLevels(
  { tradingState, market, cancelTargets }: Pick<EngineParts, 'tradingState' | 'market' | 'cancelTargets'>,
  runner: CycleRunner,
  killSwitch: Pick<KillSwitch, 'standDown'>,
): StopLevels {
  const halt = async (reason: string): Promise<void> => {
    tradingState.reduce(reason, market.clock.now());
    await killSwitch.standDown(`no new entries: ${reason}`);
  };
  const closeAll = async (name: string, close: () => Promise<unknown>): Promise<LevelStep> => {
    const late = `it was not closed within ${CLOSE_WAIT_MS / 1_000} s, and goes on`;
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(late), CLOSE_WAIT_MS);
    });
    const problem = await Promise.race([
      Promise.resolve()
        .then(close)
        .then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : 'the engine failed'),
        ),
      waited,
    ]);
    clearTimeout(timer);
    return { name, done: problem === undefined, detail: (problem ?? 'nothing is held').slice(0, LONGEST_DETAIL) };
  };
  return {
    halt,
    async flatten(reason) {
      await halt(reason);
      const cycles = runner.running();
      for (const { cycle } of cycles) runner.retire(`flattened: ${reason}`, cycle);
      const closed = await Promise.all([
        closeAll('Agents', () => Promise.all(cycles.map(({ ended }) => ended))),
        ...cancelTargets.map((target) => closeAll(target.name, () => Promise.resolve(target.flatten(reason)))),
      ]);
      return [
        { name: 'No new entries', done: true, detail: 'entries that rested are withdrawn' },
        { name: 'Agents retired', done: true, detail: `${countText(cycles.length, 'cycle')} told to close and to end` },
        ...closed,
      ];
    },
  };
}
