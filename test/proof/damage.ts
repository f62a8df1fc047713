import type { Rng } from '#core/kernel/rng.ts';

/** Keys that trip naive code: they exist on every object, or mean something to the frames themselves. */
const TRICKY = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
  'toJSON',
  't',
  'id',
  'name',
  'input',
  '$f64',
  '',
];

/** Values of every kind that a structured clone carries, and texts and numbers at the edges. */
const JUNK: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.5,
  2 ** 53,
  2 ** 60,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  '0',
  '-0',
  '1e5',
  'NaN',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '__proto__',
  'x'.repeat(5_000),
  'x'.repeat(70_000),
  [],
  [[]],
  [null],
  {},
  { a: { b: {} } },
  new Date(0),
  new Map([[1, 2]]),
  new Set([1]),
  new Uint8Array(4),
  new Float64Array(2),
  10n,
  /x/,
  new Error('x'),
  Object.create(null),
]; // prettier-ignore

/** A value of its own each time: what was put into one frame must not grow in the next. */
const junk = (rng: Rng): unknown => {
  const value = anyOf(rng, JUNK);
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
};

const anyOf = <T>(rng: Rng, all: readonly T[]): T => all[rng.integer(all.length)] as T;

/** Every object inside a value, outermost first. */
const objectsIn = (value: unknown): Record<string, unknown>[] =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
    ? [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)]
    : [];

/** A copy of a frame with up to three of its fields replaced, removed, added or buried. */
export function damage(frame: unknown, rng: Rng): unknown {
  const copy: unknown = structuredClone(frame);
  for (let steps = rng.integer(4); steps > 0; steps--) {
    const target = anyOf(rng, [...objectsIn(copy), undefined]);
    if (target === undefined) continue;
    const keys = Object.keys(target);
    const put = (key: string, value: unknown): void =>
      void Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
    const how = rng.integer(4);
    const own = keys[rng.integer(Math.max(1, keys.length))];
    if (how === 0 || own === undefined) put(anyOf(rng, TRICKY), junk(rng));
    else if (how === 1) put(own, junk(rng));
    else if (how === 2) delete target[own];
    else put(own, { [anyOf(rng, TRICKY)]: target[own] });
  }
  return copy;
}

/** Something that never was a frame. */
export const nonsense = (rng: Rng): unknown => junk(rng);
