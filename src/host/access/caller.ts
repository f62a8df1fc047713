import { AsyncLocalStorage } from 'node:async_hooks';
import type { Face } from '#shared/contract/faces.ts';

/** One connection of a face. Its proof is its own: what one window has proved opens nothing for another. */
export type Caller = {
  readonly face: Face;
  /** When it last proved who asks, on the machine's uptime; undefined without a proof. */
  provenAt: number | undefined;
  /** Of a program that came with a token of its own. */
  readonly token?: NamedToken;
};

/** A program at the door: what its token lets it do, and which one it is. */
export type Program = { readonly face: Face; readonly token?: NamedToken };

/** A token by its name. `stands` is false once it was revoked or has expired. */
export type NamedToken = { readonly name: string; readonly stands: () => boolean };

type Asked = { readonly caller: Caller; readonly call: string };
const asked = new AsyncLocalStorage<Asked>();

/** Does the work of a call on behalf of its caller, who stays known through everything that it awaits. */
export const onBehalfOf = <T>(caller: Caller, call: string, work: () => T): T => asked.run({ caller, call }, work);

/**
 * Does work that nobody asks for, such as what a timer does. Without this it would run on behalf of whoever set the timer, with the proof
 * that he gave then.
 */
export const onNobodysBehalf = <T>(work: () => T): T => asked.exit(work);

/** Who asked for what is being done now; undefined where nobody did. */
export const whoAsks = (): Asked | undefined => asked.getStore();
