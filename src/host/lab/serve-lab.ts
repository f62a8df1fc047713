import type { MessagePort } from 'node:worker_threads';
import { Fault } from '#core/kernel/fault.ts';
import { loadRun, shareRun } from './candle-data.ts';
import { playFamily } from './family-study/play-family.ts';
import { createPlayer, type Families } from './play.ts';
import { playArbitrage } from './play-arbitrage.ts';
import { playBacktest } from './play-backtest.ts';
import { judgeTrial } from './play-trial.ts';
import { joinWindows } from './play-windows.ts';
import type { LabAnswer, LabReply, LabRequest, LabTask } from './protocol.ts';

type Player = ReturnType<typeof createPlayer>;

/** The lab's side of a worker thread: one task after the other, each answered or refused. */
export function serveLab(port: MessagePort, families?: Families): void {
  let begun: Extract<LabTask, { readonly kind: 'begin' }> | undefined;
  const players = new Map<string, Player>();
  /** One for each family of the study, made when it is first played. */
  const playerOf = (strategy: string | undefined): Player => {
    if (begun === undefined) throw new Error('a trial before the candles');
    const { data, setup } = begun;
    const name = strategy ?? setup.strategy;
    const player = players.get(name) ?? createPlayer(data, { ...setup, strategy: name }, { families, many: true });
    players.set(name, player);
    return player;
  };

  const answer = (task: LabTask): LabAnswer[LabTask['kind']] => {
    switch (task.kind) {
      case 'backtest':
        return playBacktest(task, families);
      case 'arbitrage':
        return playArbitrage(task.request, task.sources);
      case 'family-study':
        return playFamily(task);
      case 'load':
        return shareRun(loadRun(task.source));
      case 'begin':
        begun = task;
        players.clear();
        return null;
      case 'trial':
        return judgeTrial(playerOf(undefined)(task.params, task.period).outcome, task.measureFrom);
      case 'windows': {
        const play = playerOf(task.strategy);
        return joinWindows(
          task.windows.map(({ period, measureFrom }) =>
            judgeTrial(play(task.params, period, task.envelope).outcome, measureFrom),
          ),
        );
      }
    }
  };

  port.on('message', ({ id, task }: LabRequest) => {
    port.postMessage(replyTo(id, () => answer(task)));
  });
}

function replyTo(id: number, work: () => unknown): LabReply {
  try {
    return { id, kind: 'done', answer: work() };
  } catch (error) {
    if (error instanceof Fault) {
      const { code, message, remedy } = error;
      return { id, kind: 'refused', code, message, remedy };
    }
    return {
      id,
      kind: 'refused',
      code: undefined,
      message: error instanceof Error ? error.message : String(error),
      remedy: '',
    };
  }
}
