import { Worker } from 'node:worker_threads';
import { Fault, type FaultCode } from '#core/kernel/fault.ts';
import type { LabAnswer, LabReply, LabRequest, LabTask } from './protocol.ts';

/** A thread that computes for the lab. */
export type LabWorker = {
  /** Rejects with the Fault of the worker, with `Canceled` after `end`, or with an Error when the thread broke down. */
  ask<T extends LabTask>(task: T): Promise<LabAnswer[T['kind']]>;
  /** Ends the thread at once, whatever it computes. */
  end(): Promise<void>;
};

/** Told to whom waits for a thread that was ended on purpose. */
export class Canceled extends Error {
  constructor() {
    super('canceled');
    this.name = 'Canceled';
  }
}

type Waiting = { readonly done: (answer: unknown) => void; readonly failed: (error: unknown) => void };

/** Starts a thread from the built worker file. It gets no environment: what it needs comes in messages. */
export function startLabWorker(file: string): LabWorker {
  const worker = new Worker(file, { env: {}, execArgv: [], stdin: false });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let over: unknown;

  const fail = (error: unknown): void => {
    over ??= error;
    for (const { failed } of waiting.values()) failed(over);
    waiting.clear();
  };
  worker.on('message', (reply: LabReply) => {
    const waiter = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.kind === 'done') waiter?.done(reply.answer);
    else if (reply.code !== undefined) waiter?.failed(new Fault(reply.code as FaultCode, reply.message, reply.remedy));
    else waiter?.failed(new Error(reply.message));
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('a thread of the lab ended unexpectedly')));

  return {
    ask: <T extends LabTask>(task: T) =>
      new Promise<LabAnswer[T['kind']]>((done, failed) => {
        if (over !== undefined) return failed(over);
        asked += 1;
        // The protocol pairs each task with its answer; the worker keeps to it.
        waiting.set(asked, { done: (answer) => done(answer as LabAnswer[T['kind']]), failed });
        worker.postMessage({ id: asked, task } satisfies LabRequest);
      }),
    async end() {
      fail(new Canceled());
      await worker.terminate();
    },
  };
}
