import type { z } from 'zod';
import {
  allows,
  type Contract,
  type EventName,
  type EventPayload,
  type Handlers,
  type Scope,
} from '../contract/define.ts';
import type { WireError } from '../contract/errors.ts';
import { contractHash } from './contract-hash.ts';
import { type DownFrame, type UpFrame, upFrame } from './frames.ts';
import type { Port } from './port.ts';
import { type Timer, wallTimer } from './runtime.ts';
import { INTERNAL_MESSAGE, issuesText, wire, wireErrorOf } from './wire-error.ts';
import { REPLY_CAP, REQUEST_CAP, wireSize } from './wire-size.ts';

/** Where the host hears news. `emit` may be called at once, so that a subscription begins with the present state. */
export type EventSource<C extends Contract> = {
  /** Returns the undo. */
  subscribe<K extends EventName<C>>(name: K, emit: (payload: EventPayload<C, K>) => void): () => void;
};

/** Gets what callers must not hear: exceptions, their stacks, dropped frames. The engine's Logger fits. */
export type TransportLogger = {
  warn(message: string, detail?: Readonly<Record<string, unknown>>): void;
  error(message: string, error?: unknown): void;
};

export type ServeOptions<C extends Contract> = {
  readonly contract: C;
  readonly handlers: Handlers<C>;
  readonly events?: EventSource<C>;
  readonly port: Port;
  /** What this connection may do. */
  readonly scope: Scope;
  readonly logger?: TransportLogger;
  readonly timer?: Timer;
  /** In place of the contract's own, which takes a moment to compute; see `SAME_OBJECT`. */
  readonly fingerprint?: string;
};

/** Calls of one connection that may be unanswered at the same time; more are refused as `busy`. */
export const MAX_IN_FLIGHT = 64;
export const MAX_SUBSCRIPTIONS = 64;

/** One hello and what was asked since. A later hello on the same port replaces it. */
type Link = {
  alive: boolean;
  readonly calls: Map<number, () => void>;
  readonly subscriptions: Map<number, () => void>;
};

type AnyHandler = (input: unknown) => unknown;

/**
 * Answers a contract on a port. Validates what comes in and what goes out, looks names up as own properties only, and lets no
 * exception text through but that of expected refusals. Returns the undo, which ends subscriptions and closes the port.
 */
export const serveContract = <C extends Contract>(options: ServeOptions<C>): (() => void) => {
  const { contract, port, scope, logger, timer = wallTimer } = options;
  const hash = options.fingerprint ?? contractHash(contract);
  const handlers = options.handlers as Readonly<Record<string, AnyHandler>>;
  let link: Link | undefined;
  let dropped = 0;

  const drop = (why: string): void => {
    dropped += 1;
    // A flood must not become a flood of log lines: the 1st, 2nd, 4th, 8th... are told.
    if ((dropped & (dropped - 1)) === 0) logger?.warn('a frame was dropped', { why, dropped });
  };

  const sendTo = (to: Link, frame: DownFrame): void => {
    if (!to.alive || to !== link) return;
    try {
      port.send(frame);
    } catch (error) {
      logger?.error('a frame could not be sent', error);
    }
  };
  const refuse = (to: Link, id: number, error: WireError): void => sendTo(to, { t: 'err', id, error });

  /** The value as it may leave, or undefined after telling the log what is wrong with it. */
  const checked = (name: string, schema: z.ZodType, value: unknown): { readonly value: unknown } | undefined => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      logger?.error(`what the engine gave for ${name} does not fit the contract`, parsed.error);
      return undefined;
    }
    const size = wireSize(parsed.data, REPLY_CAP);
    if (size.fits) return { value: parsed.data };
    logger?.error(`what the engine gave for ${name} cannot be sent: ${size.why}`);
    return undefined;
  };

  const entryOf = (name: string) => (Object.hasOwn(contract, name) ? contract[name] : undefined);

  const call = async (to: Link, frame: UpFrame & { t: 'call' }): Promise<void> => {
    const { id, name } = frame;
    if (to.calls.has(id)) return drop('a call id was used twice');
    const entry = entryOf(name);
    if (entry?.kind !== 'call') return refuse(to, id, wire('unknown_call', 'there is no such call'));
    if (!allows(scope, entry.scope)) return refuse(to, id, wire('forbidden', `this connection may not call ${name}`));
    if (to.calls.size >= MAX_IN_FLIGHT) {
      return refuse(
        to,
        id,
        wire('rejected', 'too many calls at once', { reason: 'busy', remedy: 'wait for earlier answers' }),
      );
    }
    const answer = (reply: DownFrame): void => {
      // Whoever comes first, the answer or the deadline, takes the place; the other says nothing.
      const cancel = to.calls.get(id);
      if (cancel === undefined) return;
      cancel();
      to.calls.delete(id);
      sendTo(to, reply);
    };
    const fail = (error: WireError): void => answer({ t: 'err', id, error });
    to.calls.set(
      id,
      timer(entry.timeoutMs, () => fail(wire('timeout', `${name} took longer than ${entry.timeoutMs / 1000} s`))),
    );
    try {
      const input = entry.input.safeParse(frame.input);
      if (!input.success) return fail(wire('bad_request', `${name}: ${issuesText(input.error)}`));
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler === undefined) throw new Error(`no handler for ${name}`);
      const output = checked(name, entry.output, await handler(input.data));
      if (output === undefined) return fail(wire('internal', INTERNAL_MESSAGE));
      answer({ t: 'ok', id, ...(output.value === undefined ? {} : { output: output.value }) });
    } catch (thrown) {
      const { error, expected } = wireErrorOf(thrown);
      if (!expected) logger?.error(`${name} failed`, thrown);
      fail(error);
    }
  };

  const subscribe = (to: Link, { id, name }: UpFrame & { t: 'sub' }): void => {
    if (to.subscriptions.has(id)) return drop('a subscription id was used twice');
    const entry = entryOf(name);
    if (entry?.kind !== 'event' || options.events === undefined)
      return refuse(to, id, wire('unknown_call', 'there is no such event'));
    if (!allows(scope, entry.scope)) return refuse(to, id, wire('forbidden', `this connection may not hear ${name}`));
    if (to.subscriptions.size >= MAX_SUBSCRIPTIONS) {
      return refuse(
        to,
        id,
        wire('rejected', 'too many subscriptions', { reason: 'busy', remedy: 'end some of them first' }),
      );
    }
    const emit = (payload: unknown): void => {
      if (!to.subscriptions.has(id)) return;
      const event = checked(name, entry.payload, payload);
      if (event !== undefined) sendTo(to, { t: 'evt', id, payload: event.value });
    };
    // Taken before the source is asked: it may emit at once.
    to.subscriptions.set(id, () => undefined);
    sendTo(to, { t: 'ok', id });
    try {
      to.subscriptions.set(id, options.events.subscribe(name as EventName<C>, emit));
    } catch (error) {
      to.subscriptions.delete(id);
      logger?.error(`subscribing to ${name} failed`, error);
      refuse(to, id, wireErrorOf(error).error);
    }
  };

  const unsubscribe = (to: Link, id: number): void => {
    const undo = to.subscriptions.get(id);
    to.subscriptions.delete(id);
    try {
      undo?.();
    } catch (error) {
      logger?.error('a subscription could not be undone', error);
    }
  };

  const end = (): void => {
    const ended = link;
    if (ended === undefined) return;
    link = undefined;
    ended.alive = false;
    for (const cancel of ended.calls.values()) cancel();
    ended.calls.clear();
    for (const id of Array.from(ended.subscriptions.keys())) unsubscribe(ended, id);
  };

  const greet = (theirs: string): void => {
    end();
    if (theirs !== hash) {
      logger?.warn('a client built from another contract was refused', { ours: hash, theirs });
      port.send({ t: 'refuse', hash } satisfies DownFrame);
      return;
    }
    link = { alive: true, calls: new Map(), subscriptions: new Map() };
    sendTo(link, { t: 'welcome', hash });
  };

  const receive = (raw: unknown): void => {
    // Size first: nothing else looks at a frame that is too deep or too large.
    const size = wireSize(raw, REQUEST_CAP);
    if (!size.fits) {
      const id = callIdOf(raw);
      if (id !== undefined && link !== undefined && !link.calls.has(id))
        refuse(link, id, wire('bad_request', REFUSALS[size.why]));
      return drop(size.why);
    }
    const parsed = upFrame.safeParse(raw);
    if (!parsed.success) return drop('not a frame');
    const frame = parsed.data;
    if (frame.t === 'hello') return greet(frame.hash);
    if (link === undefined) return drop('no hello yet');
    if (frame.t === 'call') void call(link, frame);
    else if (frame.t === 'sub') subscribe(link, frame);
    else unsubscribe(link, frame.id);
  };

  const undoFrames = port.onFrame(receive);
  const undoClose = port.onClose(end);
  return () => {
    undoFrames();
    undoClose();
    end();
    port.close();
  };
};

const REFUSALS = {
  too_large: `a request may have at most ${REQUEST_CAP.json / 1024} KiB and no columns`,
  unsupported: 'a request may hold only plain data: texts, numbers, booleans, lists and objects',
} as const;

/** The id of a call that is too large to be parsed, so that its caller hears why. */
const callIdOf = (raw: unknown): number | undefined => {
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, 't') || !Object.hasOwn(raw, 'id'))
    return undefined;
  const { t, id } = raw as { readonly t: unknown; readonly id: unknown };
  return t === 'call' && typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
};
