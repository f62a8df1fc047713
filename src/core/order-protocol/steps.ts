import type { UnixMs } from '../domain/ids.ts';
import { unixMs } from '../domain/ids.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import type { VenueGateway } from '../ports/venue-gateway.ts';

type Asked = Pick<
  VenueGateway,
  'place' | 'cancel' | 'order' | 'openOrders' | 'closedOrders' | 'trades' | 'balances' | 'time' | 'deadMan'
>;
export type QuestionName = keyof Asked;
export type ArgumentsOf<K extends QuestionName> = Parameters<Asked[K]>;
export type AnswerTo<K extends QuestionName> = Awaited<ReturnType<Asked[K]>>;

/** Puts one question to the venue; `answer` is called once, later or at once. Nothing in here repeats a question by itself. */
export type AskVenue = <K extends QuestionName>(
  name: K,
  args: ArgumentsOf<K>,
  answer: (value: AnswerTo<K>) => void,
) => void;

type Step =
  | { readonly kind: 'ask'; readonly name: QuestionName; readonly args: ArgumentsOf<QuestionName> }
  | { readonly kind: 'sleep'; readonly ms: number; readonly name: string };

/**
 * A piece of the protocol as a generator: each thing that it waits for is a value that it yields. So the very same code runs against a venue over
 * the network and, a million times a minute, in a simulation that can stop it between any two steps.
 */
export type Task<T> = Generator<Step, T, unknown>;

/** Asks the venue and waits for its answer. */
export function* ask<K extends QuestionName>(name: K, ...args: ArgumentsOf<K>): Task<AnswerTo<K>> {
  return (yield { kind: 'ask', name, args }) as AnswerTo<K>;
}

/** Waits so long, or until somebody calls `wake(name)`. */
export function* sleep(ms: number, name = ''): Task<void> {
  yield { kind: 'sleep', ms, name };
}

export type Tasks = {
  /** Runs it up to its first wait before returning. */
  start(task: Task<void>): void;
  /** Ends every sleep of this name now. */
  wake(name: string): void;
  /** Nothing goes on after this; answers that are still on their way are not looked at. */
  stop(): void;
};

export type TaskOptions = {
  readonly ask: AskVenue;
  readonly clock: Clock;
  /** A task threw, which means that a fact could not be journalled or a rule is broken: the engine must stop. */
  readonly onBroken: (error: unknown) => void;
};

export function createTasks({ ask: put, clock, onBroken }: TaskOptions): Tasks {
  const sleepers = new Map<string, Set<() => void>>();
  const timers = new Set<Cancel>();
  let stopped = false;

  const rest = (ms: number, name: string, go: () => void): void => {
    const group = sleepers.get(name) ?? new Set();
    sleepers.set(name, group);
    const up = (): void => {
      if (!group.delete(up)) return;
      if (group.size === 0) sleepers.delete(name);
      timers.delete(cancel);
      cancel();
      go();
    };
    group.add(up);
    const at: UnixMs = unixMs(Math.ceil(clock.now() + ms));
    const cancel = clock.setTimer(at, up);
    timers.add(cancel);
  };

  const step = (task: Task<void>, value: unknown): void => {
    if (stopped) return;
    try {
      const { done, value: wanted } = task.next(value);
      if (done) return;
      if (wanted.kind === 'ask') put(wanted.name, wanted.args as never, (answer) => step(task, answer));
      else rest(wanted.ms, wanted.name, () => step(task, undefined));
    } catch (error) {
      onBroken(error);
    }
  };

  return {
    start: (task) => step(task, undefined),
    wake(name) {
      for (const up of Array.from(sleepers.get(name) ?? [])) up();
    },
    stop() {
      stopped = true;
      for (const cancel of timers) cancel();
      timers.clear();
      sleepers.clear();
    },
  };
}
