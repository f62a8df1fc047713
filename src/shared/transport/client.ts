import type {
  CallName,
  CallOutput,
  CallRequest,
  Client,
  Contract,
  EventName,
  EventPayload,
} from '../contract/define.ts';
import { ContractError, type ErrorCode } from '../contract/errors.ts';
import { contractHash } from './contract-hash.ts';
import { type DownFrame, downFrame, type UpFrame } from './frames.ts';
import type { Port } from './port.ts';
import { soon, type Timer, wallTimer } from './runtime.ts';
import { issuesText, wire } from './wire-error.ts';
import { REPLY_CAP, REQUEST_CAP, wireSize } from './wire-size.ts';

export type ClientOptions = {
  readonly timer?: Timer;
  /** A refused subscription, an event that breaks the contract, a listener that threw. Default: thrown as uncaught. */
  readonly onProblem?: (problem: unknown) => void;
  /** The other side went away or refused to talk; every later call rejects with this error. */
  readonly onDisconnect?: (error: ContractError) => void;
  /** In place of the contract's own, which takes a moment to compute; see `SAME_OBJECT`. */
  readonly fingerprint?: string;
};

export type OpenClient<C extends Contract> = Client<C> & {
  /** Resolves when both sides agreed on the contract; rejects with a ContractError. Calls need not wait for it. */
  readonly ready: Promise<void>;
};

type Pending = {
  readonly answer: (output: unknown) => void;
  readonly fail: (error: ContractError) => void;
};
type Subscription = { readonly hear: (payload: unknown) => void };

/** Room the reply's frame needs around the value the host measured. */
const ENVELOPE_BYTES = 1_024;
const ARRIVAL_CAP = { json: REPLY_CAP.json + ENVELOPE_BYTES, columns: REPLY_CAP.columns };

const contractError = (code: ErrorCode, message: string, remedy?: string): ContractError =>
  new ContractError(wire(code, message, remedy === undefined ? {} : { remedy }));

const ignore = (): void => undefined;

/** Speaks a contract over a port. Checks what it sends and what it receives; what breaks the contract never reaches the caller. */
export const createClient = <C extends Contract>(
  contract: C,
  port: Port,
  options: ClientOptions = {},
): OpenClient<C> => {
  const { timer = wallTimer } = options;
  const hash = options.fingerprint ?? contractHash(contract);
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<number, Subscription>();
  /** Said once the host has agreed; until then nothing but the hello leaves. */
  const waiting: UpFrame[] = [];
  let state: 'greeting' | 'open' | 'closed' = 'greeting';
  let ending = contractError('disconnected', 'the connection to the engine is closed');
  let nextId = 0;
  let agreed: () => void = ignore;
  let refused: (error: ContractError) => void = ignore;
  const ready = new Promise<void>((resolve, reject) => {
    agreed = resolve;
    refused = reject;
  });
  // Nobody has to wait for `ready`; calls report the same error.
  ready.catch(ignore);

  const problem = (thrown: unknown): void => {
    if (options.onProblem !== undefined) return options.onProblem(thrown);
    soon(() => {
      throw thrown;
    });
  };

  const say = (frame: UpFrame): void => {
    if (state === 'open') port.send(frame);
    else if (state === 'greeting') waiting.push(frame);
  };

  const finish = (error: ContractError, announce: boolean): void => {
    if (state === 'closed') return;
    state = 'closed';
    ending = error;
    waiting.length = 0;
    subscriptions.clear();
    for (const call of Array.from(pending.values())) call.fail(error);
    refused(error);
    if (announce) options.onDisconnect?.(error);
    undoFrames();
    undoClose();
    port.close();
  };

  const open = (theirs: string): void => {
    if (state !== 'greeting') return;
    if (theirs !== hash) return mismatch(theirs);
    state = 'open';
    for (const frame of waiting.splice(0)) say(frame);
    agreed();
  };

  const mismatch = (theirs: string): void =>
    finish(
      contractError(
        'contract_mismatch',
        `the engine speaks another version of the contract (${theirs}, this side ${hash})`,
        'restart the engine and this program from the same build',
      ),
      true,
    );

  const receive = (raw: unknown): void => {
    if (!wireSize(raw, ARRIVAL_CAP).fits) return;
    const parsed = downFrame.safeParse(raw);
    if (!parsed.success) return;
    const frame: DownFrame = parsed.data;
    if (frame.t === 'welcome') return open(frame.hash);
    if (frame.t === 'refuse') return mismatch(frame.hash);
    // Before the welcome only the last client of this port can be meant (a page that was reloaded), and its ids are not ours.
    if (state !== 'open') return;
    if (frame.t === 'ok') return pending.get(frame.id)?.answer(frame.output);
    if (frame.t === 'evt') return subscriptions.get(frame.id)?.hear(frame.payload);
    const error = new ContractError(frame.error);
    pending.get(frame.id)?.fail(error);
    if (subscriptions.delete(frame.id)) problem(error);
  };

  const invoke = <K extends CallName<C>>(name: K, input: CallRequest<C, K>): Promise<CallOutput<C, K>> =>
    new Promise((resolve, reject) => {
      if (state === 'closed') return reject(ending);
      const entry = Object.hasOwn(contract, name) ? contract[name] : undefined;
      if (entry?.kind !== 'call') return reject(contractError('unknown_call', 'there is no such call'));
      const checked = entry.input.safeParse(input);
      if (!checked.success) return reject(contractError('bad_request', `${name}: ${issuesText(checked.error)}`));
      const id = nextId++;
      // The request as written travels, not the parsed one: defaults belong to the host.
      const frame: UpFrame = { t: 'call', id, name, input };
      if (!wireSize(frame, REQUEST_CAP).fits) {
        return reject(
          contractError(
            'bad_request',
            `${name}: a request may hold at most ${REQUEST_CAP.json / 1024} KiB of plain data`,
          ),
        );
      }
      const seconds = entry.timeoutMs / 1000;
      const cancel = timer(entry.timeoutMs, () =>
        done().fail(contractError('timeout', `${name} was not answered within ${seconds} s`)),
      );
      const done = (): Pending => {
        cancel();
        pending.delete(id);
        // A call given up before the greeting ended must not be carried out afterwards.
        const unsent = waiting.findIndex((held) => held.t === 'call' && held.id === id);
        if (unsent >= 0) waiting.splice(unsent, 1);
        return { fail: reject, answer: (output) => resolve(output as CallOutput<C, K>) };
      };
      pending.set(id, {
        fail: (error) => done().fail(error),
        answer: (raw) => {
          const output = entry.output.safeParse(raw);
          if (output.success) done().answer(output.data);
          else done().fail(contractError('internal', `the engine's answer to ${name} does not fit the contract`));
        },
      });
      try {
        say(frame);
      } catch {
        done().fail(contractError('bad_request', `${name}: the request cannot be sent`));
      }
    });

  const on = <K extends EventName<C>>(name: K, listener: (payload: EventPayload<C, K>) => void): (() => void) => {
    const entry = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (entry?.kind !== 'event') {
      problem(contractError('unknown_call', 'there is no such event'));
      return () => undefined;
    }
    if (state === 'closed') return () => undefined;
    const id = nextId++;
    subscriptions.set(id, {
      hear: (raw) => {
        const payload = entry.payload.safeParse(raw);
        if (!payload.success) return problem(contractError('internal', `the event ${name} does not fit the contract`));
        try {
          listener(payload.data as EventPayload<C, K>);
        } catch (thrown) {
          problem(thrown);
        }
      },
    });
    say({ t: 'sub', id, name });
    return () => {
      if (subscriptions.delete(id)) say({ t: 'unsub', id });
    };
  };

  const undoFrames = port.onFrame(receive);
  const undoClose = port.onClose((why) =>
    finish(
      why === 'wrong_key'
        ? contractError('forbidden', 'the engine does not know this key', 'use the key that it gave out last')
        : contractError('disconnected', 'the connection to the engine was closed'),
      true,
    ),
  );
  port.send({ t: 'hello', hash } satisfies UpFrame);
  return { invoke, on, ready, close: () => finish(ending, false) };
};
