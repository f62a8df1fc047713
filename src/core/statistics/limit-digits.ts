/** Digits that a figure is recorded with: more would be rounding noise that differs between machines' mathematical libraries. */
const DIGITS = 10;

/** The same plain data with every number that isn't an integer cut to ten significant digits. */
export function limitDigits<T>(data: T): T {
  return limited(data) as T;
}

function limited(data: unknown): unknown {
  if (typeof data === 'number') return Number.isInteger(data) ? data : Number(data.toPrecision(DIGITS));
  if (Array.isArray(data)) return data.map(limited);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, limited(value)]),
  );
}
