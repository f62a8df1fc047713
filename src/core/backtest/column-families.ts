import type { ColumnFamily } from '../agent/column-family.ts';
import { smaCross } from '../agent/families/sma-cross.ts';
import { Fault } from '../kernel/fault.ts';

const REGISTRY: ReadonlyMap<string, ColumnFamily> = new Map([smaCross].map((family) => [family.name, family]));

export const columnFamilyNames = (): readonly string[] => [...REGISTRY.keys()];

/** Throws Fault('unsupported') that lists the names. */
export function columnFamilyOf(name: string): ColumnFamily {
  const family = REGISTRY.get(name);
  if (family !== undefined) return family;
  throw new Fault('unsupported', `no strategy "${name}"`, `Choose one of: ${columnFamilyNames().join(', ')}.`);
}
