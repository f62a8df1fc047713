import type { Scope } from '#shared/contract/define.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { type ClientOptions, createClient } from '#shared/transport/client.ts';
import { type DownFrame, downFrame } from '#shared/transport/frames.ts';
import { type EventSource, serveContract } from '#shared/transport/host.ts';
import type { Timer } from '#shared/transport/runtime.ts';
import { createListLog, createToyHandlers, type Toy, toy } from './toy-contract.ts';
import type { PortEnds } from './transports.ts';

/** Subscriptions a test can emit to by hand. */
export const createToyEvents = () => {
  const open = new Map<string, Set<(payload: never) => void>>();
  const events: EventSource<Toy> = {
    subscribe(name, emit) {
      const emitters = open.get(name) ?? new Set();
      open.set(name, emitters.add(emit));
      return () => void emitters.delete(emit);
    },
  };
  return {
    events,
    emit: (name: string, payload: unknown) => open.get(name)?.forEach((emit) => emit(payload as never)),
    count: (name: string) => open.get(name)?.size ?? 0,
  };
};

/** A timer that fires when the test says so. */
export const createManualTimer = () => {
  const armed = new Set<() => void>();
  const timer: Timer = (_ms, fire) => {
    armed.add(fire);
    return () => armed.delete(fire);
  };
  return { timer, fireAll: () => [...armed].forEach((fire) => fire()), armed: () => armed.size };
};

export const failureOf = async (answer: Promise<unknown>): Promise<ContractError> => {
  const outcome = await answer.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (!(outcome instanceof ContractError)) throw new Error(`expected a refusal, got ${JSON.stringify(outcome)}`);
  return outcome;
};

export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

/** The toy contract served on one end and a client on the other, with everything a test may want to look at. */
export const converse = (
  ends: PortEnds,
  more: { scope?: Scope; client?: ClientOptions; host?: { timer?: Timer } } = {},
) => {
  const reached: string[] = [];
  const log = createListLog();
  const source = createToyEvents();
  const stop = serveContract({
    contract: toy,
    handlers: createToyHandlers(reached),
    events: source.events,
    port: ends.host,
    scope: more.scope ?? 'trade',
    logger: log,
    ...more.host,
  });
  const problems: unknown[] = [];
  const heard: DownFrame[] = [];
  ends.client.onFrame((frame) => heard.push(downFrame.parse(frame)));
  const client = createClient(toy, ends.client, { onProblem: (thrown) => problems.push(thrown), ...more.client });
  return { client, port: ends.client, reached, log, source, stop, problems, heard };
};
