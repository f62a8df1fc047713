import { seal } from './seal.ts';
import type { ProposedOrder, RiskCheck, RiskView, Verdict } from './types.ts';

export type Gate = (order: ProposedOrder, view: RiskView) => Verdict;

/** Path of the first number that is NaN or infinite, in an order or view; undefined when there is none. */
function nonFinitePath(value: unknown, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = nonFinitePath(member, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The one way from a proposed to an approved order. Checks run in the order given and the first refusal stands. It fails
 * closed: a number that is not finite refuses, and a check that throws refuses. Throws on an empty list, which would approve everything.
 */
export function createGate(checks: readonly RiskCheck[]): Gate {
  if (checks.length === 0) throw new Error('a gate needs at least one check');
  const names = checks.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw new Error('two checks have one name');
  return (order, view) => {
    try {
      const path = nonFinitePath(order, 'order') ?? nonFinitePath(view, 'view');
      if (path !== undefined)
        return { kind: 'denied', check: 'finite-numbers', reason: `${path} is not a finite number` };
    } catch (error) {
      return { kind: 'denied', check: 'finite-numbers', reason: messageOf(error) };
    }
    // Judge a copy, so that what is approved is what was looked at even if the caller changes its object meanwhile.
    const judged = Object.freeze({ ...order });
    for (const check of checks) {
      try {
        const reason = check.refuse(judged, view);
        if (reason !== undefined) return { kind: 'denied', check: check.name, reason };
      } catch (error) {
        return { kind: 'denied', check: check.name, reason: `the check failed: ${messageOf(error)}` };
      }
    }
    return { kind: 'approved', order: seal(judged), checks: names };
  };
}
