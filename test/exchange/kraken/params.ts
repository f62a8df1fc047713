import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const bodySchema = z.record(z.string(), z.union([scalar, z.array(z.unknown()), z.record(z.string(), z.unknown())]));

/** Parameters of one request: a form as a rule, JSON for batches. Lists are read with `list`. */
export type Params = {
  text(name: string): string | undefined;
  integer(name: string): number | undefined;
  flag(name: string): boolean;
  list(name: string): readonly string[];
};

export function parseParams(query: string, body: string): Params {
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  if (body.startsWith('{')) {
    for (const [name, value] of Object.entries(bodySchema.parse(JSON.parse(body)))) {
      if (Array.isArray(value)) lists.set(name, value.map(String));
      else if (typeof value === 'string') values.set(name, value);
    }
  } else
    for (const part of [query, body]) for (const [name, value] of new URLSearchParams(part)) values.set(name, value);
  const text = (name: string): string | undefined => {
    const value = values.get(name);
    return value === '' ? undefined : value;
  };
  return {
    text,
    integer: (name) => {
      const value = text(name);
      return value !== undefined && /^-?\d{1,16}$/.test(value) ? Number(value) : undefined;
    },
    flag: (name) => /^(true|1)$/i.test(text(name) ?? ''),
    list: (name) => lists.get(name) ?? [],
  };
}
