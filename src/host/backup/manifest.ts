import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { canonicalJson } from '#core/kernel/canonical-json.ts';

export const MANIFEST = 'manifest.json';
const sha256Text = z.string().regex(/^[0-9a-f]{64}$/);

const manifestBody = z.strictObject({
  version: z.literal(1),
  /** Milliseconds since 1970. */
  createdAt: z.int().min(0),
  vaultId: z.string().regex(/^[0-9a-f]{32}$/),
  /** Of the data key that the databases open with. */
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  journal: z.strictObject({ records: z.int().min(0), head: sha256Text }),
  /** What each database must hold, as `rowCounts` says it. */
  rows: z.record(z.string(), z.string()),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().min(0), sha256: sha256Text })).min(1),
});
const sealedManifest = manifestBody.extend({ mac: sha256Text });

/** What a backup holds, sealed under the vault's backup key: a bit that changed in any file of it, this one included, is seen. */
export type ManifestBody = z.infer<typeof manifestBody>;
export type Manifest = z.infer<typeof sealedManifest>;

const macOf = (backupKey: Buffer, body: ManifestBody): string =>
  createHmac('sha256', backupKey)
    .update(`mt/backup/manifest/v1\n${canonicalJson(manifestBody.parse(body))}`)
    .digest('hex');

export const manifestText = (backupKey: Buffer, body: ManifestBody): string =>
  `${JSON.stringify({ ...body, mac: macOf(backupKey, body) }, null, 2)}\n`;

/** Undefined for a folder that holds no backup, or one whose manifest is unreadable. Its seal is not checked here. */
export function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return undefined;
  try {
    const text = readFileSync(path, 'utf8');
    const manifest = sealedManifest.parse(JSON.parse(text));
    // The seal covers what the words mean; this covers how they are written.
    return `${JSON.stringify(manifest, null, 2)}\n` === text ? manifest : undefined;
  } catch {
    return undefined;
  }
}

export function isSealed({ mac, ...body }: Manifest, backupKey: Buffer): boolean {
  return timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(backupKey, body), 'hex'));
}

/** SHA-256 of a file, read in pieces: a backup need not fit into memory. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
