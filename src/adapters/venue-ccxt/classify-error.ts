import type { Call } from './call-context.ts';
import { ERROR_CLASSES, type Verdict } from './error-classes.ts';
import { venueError, verdictOfCode } from './venue-codes.ts';

export type Classified = {
  readonly verdict: Verdict;
  /** The venue's code, or ccxt's class. */
  readonly code: string;
};

/** Names of the classes of an error, its own first. */
function classNames(error: unknown): readonly string[] {
  const names: string[] = [];
  for (let here: unknown = error; typeof here === 'object' && here !== null; here = Object.getPrototypeOf(here)) {
    const name = Object.hasOwn(here, 'constructor')
      ? (here as { readonly constructor: { readonly name: string } }).constructor.name
      : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** The nearest class of ccxt that an error belongs to; undefined for any other exception. */
export const errorClass = (error: unknown): string | undefined =>
  classNames(error).find((name) => Object.hasOwn(ERROR_CLASSES, name));

/**
 * What an error says about the order of a call. Before anything was sent it says that nothing was placed. Afterwards a venue's known code
 * decides, then ccxt's class; an answer of 5xx is unknown whatever it says, and so is everything that no table knows.
 */
export function classifyError(exchangeId: string, error: unknown, call: Call): Classified {
  const name = errorClass(error) ?? (error instanceof Error ? error.name : 'Error');
  if (!call.sent) return { verdict: 'refused', code: `not sent: ${name}` };
  const status = call.response?.status;
  if (status === undefined || status >= 500 || status === 429 || status === 418) {
    // Without an answer no class can be a venue's word: the request may have arrived.
    return { verdict: 'unknown', code: status === undefined ? name : `HTTP ${status}` };
  }
  const own = venueError(exchangeId, call.response?.body);
  const byCode = own === undefined ? undefined : verdictOfCode(exchangeId, own);
  if (own !== undefined && byCode !== undefined) return { verdict: byCode, code: own.code };
  const known = errorClass(error);
  return { verdict: known === undefined ? 'unknown' : (ERROR_CLASSES[known] ?? 'unknown'), code: own?.code ?? name };
}
