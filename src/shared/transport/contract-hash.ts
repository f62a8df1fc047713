import { z } from 'zod';
import type { Contract } from '../contract/define.ts';

/** Raised when the frames themselves change, so that old and new builds refuse each other. */
const WIRE_VERSION = 1;

/** Spreads every bit over the whole lane, so that near texts get far hashes. */
const finish = (lane: number): string => {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0');
};

/**
 * 64 bits of text in two lanes of 32: FNV-1a in one, and the same walk with another prime and start in the other, each finished
 * with an avalanche. It tells two builds apart by accident, not against an adversary: the token does that.
 */
const digest64 = (text: string): string => {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
  }
  return finish(a) + finish(b ^ a);
};

/** Fingerprint between two sides that hold the very same contract object, in one process: there is nothing to compare. */
export const SAME_OBJECT = '0'.repeat(16);

const schemaText = (schema: z.ZodType, io: 'input' | 'output'): string =>
  JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io }));

const known = new WeakMap<Contract, string>();

/** Says what a contract's fingerprint is, where it was worked out before: a bundle carries its own (scripts/app-fingerprint.ts). */
export const tellHash = (contract: Contract, hash: string): void => {
  known.set(contract, hash);
};

/**
 * Fingerprint of names, kinds, scopes and schemas; 16 hex digits. Two sides with different fingerprints do not talk. Entries are
 * sorted, so the order of declaration does not matter. Limits: what JSON Schema cannot say (columns, void) is not told apart.
 */
export const contractHash = (contract: Contract): string => {
  const cached = known.get(contract);
  if (cached !== undefined) return cached;
  const lines = Object.entries(contract).map(([name, entry]) =>
    entry.kind === 'call'
      ? `${name} call ${entry.scope} ${schemaText(entry.input, 'input')} ${schemaText(entry.output, 'output')}`
      : `${name} event ${entry.scope} ${schemaText(entry.payload, 'output')}`,
  );
  const hash = digest64([`wire ${WIRE_VERSION}`, ...lines.sort()].join('\n'));
  known.set(contract, hash);
  return hash;
};
