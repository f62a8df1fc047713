import { z } from 'zod';

/** What a connection may do. Each scope contains the ones before it. */
export const SCOPES = ['view', 'trade', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];
export const allows = (held: Scope, needed: Scope): boolean => SCOPES.indexOf(held) >= SCOPES.indexOf(needed);

export type CallDefinition<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> = {
  readonly kind: 'call';
  readonly scope: Scope;
  readonly input: In;
  readonly output: Out;
  /** How long a client waits before it gives up, in milliseconds. */
  readonly timeoutMs: number;
};

export type EventDefinition<Payload extends z.ZodType = z.ZodType> = {
  readonly kind: 'event';
  readonly scope: Scope;
  readonly payload: Payload;
};

export type Contract = { readonly [name: string]: CallDefinition | EventDefinition };

const DEFAULT_TIMEOUT_MS = 10_000;

export const call = <In extends z.ZodType, Out extends z.ZodType>(
  scope: Scope,
  input: In,
  output: Out,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): CallDefinition<In, Out> => ({ kind: 'call', scope, input, output, timeoutMs });

export const event = <Payload extends z.ZodType>(scope: Scope, payload: Payload): EventDefinition<Payload> => ({
  kind: 'event',
  scope,
  payload,
});

/** Fixes the literal type of a contract; the one declaration from which hosts, clients and validation are derived. */
export const defineContract = <const C extends Contract>(contract: C): C => contract;

export type CallName<C extends Contract> = { [K in keyof C]: C[K] extends CallDefinition ? K : never }[keyof C] &
  string;
export type EventName<C extends Contract> = { [K in keyof C]: C[K] extends EventDefinition ? K : never }[keyof C] &
  string;
export type CallInput<C extends Contract, K extends keyof C> =
  C[K] extends CallDefinition<infer In, z.ZodType> ? z.infer<In> : never;
/** What a caller may write: fields with a default may be left out. */
export type CallRequest<C extends Contract, K extends keyof C> =
  C[K] extends CallDefinition<infer In, z.ZodType> ? z.input<In> : never;
export type CallOutput<C extends Contract, K extends keyof C> =
  C[K] extends CallDefinition<z.ZodType, infer Out> ? z.infer<Out> : never;
export type EventPayload<C extends Contract, K extends keyof C> =
  C[K] extends EventDefinition<infer P> ? z.infer<P> : never;

/** Exactly these functions a host must supply. */
export type Handlers<C extends Contract> = {
  readonly [K in CallName<C>]: (input: CallInput<C, K>) => CallOutput<C, K> | Promise<CallOutput<C, K>>;
};

/** What every face of the product talks to, whatever the transport. */
export type Client<C extends Contract> = {
  /** Rejects with a ContractError; never with anything else. */
  invoke<K extends CallName<C>>(name: K, input: CallRequest<C, K>): Promise<CallOutput<C, K>>;
  /** Returns the undo. */
  on<K extends EventName<C>>(name: K, listener: (payload: EventPayload<C, K>) => void): () => void;
  close(): void;
};
