import type { ColumnFamily } from '../agent/column-family.ts';
import type { FamilyParameters } from '../domain/strategy.ts';
import { Fault } from '../kernel/fault.ts';

type Issue = { readonly path?: readonly PropertyKey[]; readonly message?: string };

const isRefusal = (error: unknown): error is { readonly issues: readonly Issue[] } =>
  typeof error === 'object' && error !== null && Array.isArray((error as { readonly issues?: unknown }).issues);

/** A family's parameters: the given ones over its defaults. Throws Fault('usage') that names each wrong one. */
export function parseParameters(
  family: Pick<ColumnFamily, 'name' | 'defaults' | 'parse'>,
  given: FamilyParameters,
): FamilyParameters {
  try {
    return family.parse({ ...family.defaults, ...given });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const named = error.issues.map(
      ({ path, message }) => `${path?.map(String).join('.') || 'parameters'}: ${message ?? 'is wrong'}`,
    );
    throw new Fault(
      'usage',
      `${family.name} does not take these parameters: ${named.join('; ')}`,
      `Its parameters are ${Object.keys(family.defaults).join(', ')}.`,
    );
  }
}
