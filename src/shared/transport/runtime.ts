/**
 * The few things that Node, browsers and Electron all offer but the plain ES library does not describe. Shared code has neither
 * DOM nor Node types, so they are named here, once.
 */
type HostGlobals = {
  setTimeout(fire: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  queueMicrotask(task: () => void): void;
  structuredClone(value: unknown): unknown;
  readonly TextDecoder: new (encoding: string) => { decode(bytes: Uint8Array): string };
};

const globals = globalThis as unknown as HostGlobals;

/** Calls `fire` once after `ms` milliseconds; returns the undo. A test passes its own. */
export type Timer = (ms: number, fire: () => void) => () => void;

/** Wall-clock timer of the process. It guards the wire only; nothing that is journalled may depend on it. */
export const wallTimer: Timer = (ms, fire) => {
  const handle = globals.setTimeout(fire, ms);
  return () => globals.clearTimeout(handle);
};

export const soon = (task: () => void): void => globals.queueMicrotask(task);
/** Text of bytes that are all ASCII; native, so megabytes of columns do not hold up the engine. */
export const asciiText = (bytes: Uint8Array): string => new globals.TextDecoder('ascii').decode(bytes);

export const cloneLikeIpc = (value: unknown): unknown => globals.structuredClone(value);
