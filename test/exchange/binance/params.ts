import { decimalsOf, FIXED_DECIMALS, type Fixed, parseFixed } from '../core/fixed.ts';

/** Parameters of one request, from the query string and the body together. */
export type Params = {
  text(name: string): string | undefined;
  has(name: string): boolean;
  /** Undefined when absent or no plain number. */
  integer(name: string): number | undefined;
};

export function paramsOf(values: ReadonlyMap<string, string>): Params {
  const text = (name: string): string | undefined => {
    const value = values.get(name);
    return value === '' ? undefined : value;
  };
  return {
    text,
    has: (name) => text(name) !== undefined,
    integer: (name) => {
      const value = text(name);
      return value !== undefined && /^-?\d{1,16}$/.test(value) ? Number(value) : undefined;
    },
  };
}

export const parseParams = (...encoded: readonly string[]): Params => {
  const values = new Map<string, string>();
  for (const part of encoded) for (const [name, value] of new URLSearchParams(part)) values.set(name, value);
  return paramsOf(values);
};

/** An amount as binance reads it: absent, wrong, or a number of 1e-8. */
export type ReadAmount =
  | { readonly kind: 'absent' }
  | { readonly kind: 'illegal' }
  | { readonly kind: 'too_precise' }
  | { readonly kind: 'ok'; readonly value: Fixed };

export function amount(params: Params, name: string): ReadAmount {
  const text = params.text(name);
  if (text === undefined) return { kind: 'absent' };
  const value = parseFixed(text);
  if (value === undefined) return { kind: 'illegal' };
  return decimalsOf(text) > FIXED_DECIMALS ? { kind: 'too_precise' } : { kind: 'ok', value };
}
