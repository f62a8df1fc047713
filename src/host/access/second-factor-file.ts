import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import { openBox, sealBox, sealedBox } from '../vault/box.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const content = z.strictObject({
  secret: z.string().regex(/^[A-Z2-7]{32}$/),
  /** The newest step whose code was taken. */
  lastStep: z.int().min(0),
  asksAtUnlock: z.boolean(),
  /** Of the codes that are left: one salt for the set, because each is long and random. */
  backup: z.strictObject({ salt: hex(16), hashes: z.array(hex(32)).max(10) }),
});
export type SecondFactorContent = z.infer<typeof content>;

/** `asksAtUnlock` stands outside of the box as a hint for the lock screen; the one inside is what counts. */
const file = z.strictObject({ asksAtUnlock: z.boolean(), box: sealedBox });

export type Sealing = {
  readonly vaultId: string;
  /** The vault's key for single values. */
  readonly fieldKey: Buffer;
  readonly randomBytes: (size: number) => Buffer;
};

export const SECOND_FACTOR_FILE = 'second-factor.json';
export const secondFactorPath = (home: string): string => join(home, 'vault', SECOND_FACTOR_FILE);
const about = (vaultId: string): string => `second-factor|${vaultId}`;

const damaged = (path: string): Fault =>
  new Fault(
    'storage',
    `${path} does not open: it was changed, or belongs to another vault`,
    'put it back from a backup',
  );

function readFile(path: string): z.infer<typeof file> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const found = file.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw storageFault(error, path);
  }
  throw damaged(path);
}

/** Whether the lock screen should show a field for a code. */
export const unlockHint = (home: string): boolean => {
  try {
    return readFile(secondFactorPath(home))?.asksAtUnlock ?? false;
  } catch {
    return true;
  }
};

/** Undefined when none is enrolled. Throws Fault `storage` for a file that is there and does not open: that is damage, never "none". */
export function readSecondFactor(path: string, { vaultId, fieldKey }: Sealing): SecondFactorContent | undefined {
  const found = readFile(path);
  if (found === undefined) return undefined;
  const plain = openBox(fieldKey, found.box, about(vaultId));
  if (plain === undefined) throw damaged(path);
  try {
    return content.parse(JSON.parse(plain.toString('utf8')));
  } finally {
    plain.fill(0);
  }
}

export function writeSecondFactor(path: string, sealing: Sealing, next: SecondFactorContent | undefined): void {
  const { vaultId, fieldKey, randomBytes } = sealing;
  try {
    if (next === undefined) return rmSync(path, { force: true });
    const plain = Buffer.from(JSON.stringify(content.parse(next)), 'utf8');
    const box = sealBox(fieldKey, plain, about(vaultId), randomBytes);
    plain.fill(0);
    writeFileAtomic(path, `${JSON.stringify({ asksAtUnlock: next.asksAtUnlock, box })}\n`);
  } catch (error) {
    throw storageFault(error, path);
  }
}
