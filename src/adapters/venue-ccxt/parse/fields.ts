/** Reading single fields of what a venue sent. Nothing here trusts a shape: a field that is not as expected is undefined. */

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The value at a path of keys, `0` for the first of a list. */
export function fieldAt(value: unknown, path: readonly string[]): unknown {
  let here: unknown = value;
  for (const key of path) {
    if (!isRecord(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

export function textField(value: unknown, path: readonly string[]): string | undefined {
  const found = fieldAt(value, path);
  if (typeof found === 'string') return found === '' ? undefined : found;
  return typeof found === 'number' && Number.isFinite(found) ? String(found) : undefined;
}

/** Throws TypeError when the field is no boolean: a right that can't be read is not a right that is absent. */
export function booleanField(value: unknown, key: string): boolean {
  const found = fieldAt(value, [key]);
  if (typeof found === 'boolean') return found;
  throw new TypeError(`the venue's answer has no ${key}`);
}

/** Throws TypeError when there is no list of texts at the path. */
export function textListField(value: unknown, path: readonly string[]): readonly string[] {
  const found = fieldAt(value, path);
  if (Array.isArray(found) && found.every((item) => typeof item === 'string')) return found;
  throw new TypeError(`the venue's answer has no list at ${path.join('.')}`);
}

/** Whole milliseconds since 1970, from a number or its text. */
export function timeField(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

export { isRecord };
