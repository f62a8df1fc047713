import type { MessagePort } from 'node:worker_threads';
import { Fault } from '#core/kernel/fault.ts';
import { loadRun, shareRun } from './candle-data.ts';
import { playFamily } from './family-study/play-family.ts';
import { createPlayer, type Families } from './play.ts';
import { playArbitrage } from './play-arbitrage.ts';
import { playBacktest } from './play-backtest.ts';
import { judgeTrial } from './play-trial.ts';
import type { LabAnswer, LabReply, LabRequest, LabTask } from './protocol.ts';

/** The lab's side of a worker thread: one task after the other, each answered or refused. */
export function serveLab(port: MessagePort, families?: Families): void {
  let play: ReturnType<typeof createPlayer> | undefined;

  const answer = (task: LabTask): LabAnswer[LabTask['kind']] => {
    switch (task.kind) {
      case 'backtest':
        return playBacktest(task, families);
      case 'arbitrage':
        return playArbitrage(task.request);
      case 'family-study':
        return playFamily(task);
      case 'load':
        return shareRun(loadRun(task.source));
      case 'begin':
        play = createPlayer(task.data, task.setup, { families, many: true });
        return null;
      case 'trial':
        if (play === undefined) throw new Error('a trial before the candles');
        return judgeTrial(play(task.params, task.period).outcome, task.measureFrom);
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
