import type { z } from 'zod';
import { ContractError, type ErrorCode, type WireError } from '../contract/errors.ts';

/** The only words a caller hears about an exception nobody expected. */
export const INTERNAL_MESSAGE = 'the engine failed to answer; details are in its log';

const MAX_MESSAGE = 2_000;
const MAX_ISSUES = 3;

export const wire = (
  code: ErrorCode,
  message: string,
  more: { readonly reason?: string; readonly remedy?: string } = {},
): WireError => ({
  code,
  message: clean(message),
  ...(more.reason === undefined ? {} : { reason: clean(more.reason) }),
  ...(more.remedy === undefined ? {} : { remedy: clean(more.remedy) }),
});

/** Messages are for people: bounded, and never with the stack that some libraries put into `message`. */
const clean = (text: string): string => (text.split(/\r?\n\s+at /, 1)[0] ?? '').slice(0, MAX_MESSAGE);

/** The engine's refusal, recognised by its shape: shared code does not know the core's class. */
type FaultShape = { readonly code: string; readonly message: string; readonly remedy: string };
const asFault = (error: unknown): FaultShape | undefined => {
  if (!(error instanceof Error) || error.name !== 'Fault') return undefined;
  const { code, remedy } = error as Error & { readonly code?: unknown; readonly remedy?: unknown };
  return typeof code === 'string' && typeof remedy === 'string' ? { code, message: error.message, remedy } : undefined;
};

/**
 * What an exception of a handler becomes on the wire: a refusal keeps its words, anything else is a bug and says nothing
 * (`expected` is false: the caller logs it).
 */
export const wireErrorOf = (error: unknown): { readonly error: WireError; readonly expected: boolean } => {
  const fault = asFault(error);
  if (fault !== undefined) {
    return { expected: true, error: wire('rejected', fault.message, { reason: fault.code, remedy: fault.remedy }) };
  }
  if (error instanceof ContractError && error.code === 'rejected') {
    const { reason, remedy } = error;
    return {
      expected: true,
      error: wire('rejected', error.message, {
        ...(reason === undefined ? {} : { reason }),
        ...(remedy === undefined ? {} : { remedy }),
      }),
    };
  }
  return { expected: false, error: wire('internal', INTERNAL_MESSAGE) };
};

const harmless = (word: PropertyKey): string => {
  const text = String(word);
  return /^[\w.$-]{1,40}$/.test(text) ? text : '?';
};

/** Where and why an input was refused. Repeats field names only when they are harmless words, and never a value. */
export const issuesText = (error: z.ZodError): string => {
  const lines = error.issues.slice(0, MAX_ISSUES).map((issue) => {
    const where = issue.path.map(harmless).join('.');
    const what =
      issue.code === 'unrecognized_keys'
        ? `unknown field ${issue.keys.slice(0, 5).map(harmless).join(', ')}`
        : issue.message;
    return where === '' ? what : `${where}: ${what}`;
  });
  const rest = error.issues.length - MAX_ISSUES;
  return rest > 0 ? `${lines.join('; ')}; and ${rest} more` : lines.join('; ');
};
