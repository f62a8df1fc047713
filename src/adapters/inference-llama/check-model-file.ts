import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Hash } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';

/** magic, version, tensor count and metadata count: the fixed part of every GGUF file (GGUF specification, version 3). */
const HEADER_BYTES = 24;
const SUPPORTED_VERSIONS = [2, 3];
const REMEDY = 'give a complete language model in GGUF format, or leave the model out: the rules then decide alone';

export type ModelFile = { readonly path: string; readonly name: string; readonly bytes: number };

/** `problem` never holds a path: it may end up in a hashed record, and a path would make equal runs differ. */
export type ModelFileCheck =
  | { readonly ok: true; readonly file: ModelFile }
  | { readonly ok: false; readonly name: string; readonly problem: string };

const refused = (name: string, problem: string): ModelFileCheck => ({ ok: false, name, problem });

/**
 * Looks at a model file from outside: is it there, a regular file, and does it begin like GGUF? Cheap enough to run before any
 * process is started; whether the weights are complete is only known after loading.
 */
export async function inspectModelFile(path: string): Promise<ModelFileCheck> {
  const name = basename(path);
  let bytes: number;
  try {
    const found = await stat(path);
    // Opening a pipe or a device could block for ever, so the kind is checked before the file is opened.
    if (found.isDirectory()) return refused(name, 'is a folder, not a model file');
    if (!found.isFile()) return refused(name, 'is not a regular file');
    bytes = found.size;
  } catch (error) {
    return refused(name, isNodeError(error) && error.code === 'ENOENT' ? 'does not exist' : 'cannot be read');
  }
  if (bytes === 0) return refused(name, 'is empty');
  const header = await readHeader(path);
  if (header === undefined) return refused(name, 'cannot be read');
  const problem = headerProblem(header);
  return problem === undefined ? { ok: true, file: { path, name, bytes } } : refused(name, problem);
}

/** As `inspectModelFile`, for callers that cannot go on. Throws Fault('bad_model') that names the file and the remedy. */
export async function checkModelFile(path: string): Promise<ModelFile> {
  const check = await inspectModelFile(path);
  if (!check.ok) throw new Fault('bad_model', `model file ${path} ${check.problem}`, REMEDY);
  return check.file;
}

/** SHA-256 of the whole file, streamed: about 30 ms for 30 MB, seconds for gigabytes, so never on a thread that must stay quick. */
export async function hashModelFile(path: string): Promise<Hash> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex') as Hash;
}

async function readHeader(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

function headerProblem(header: Buffer): string | undefined {
  if (header.toString('latin1', 0, 4) !== 'GGUF') return 'is not a GGUF file: it does not begin with "GGUF"';
  if (header.length < HEADER_BYTES) return 'is a truncated GGUF file: its header is incomplete';
  const version = header.readUInt32LE(4);
  if (!SUPPORTED_VERSIONS.includes(version))
    return `has GGUF version ${version}; versions ${SUPPORTED_VERSIONS.join(' and ')} are supported`;
  if (header.readBigUInt64LE(8) === 0n) return 'is a GGUF file without weights';
  return undefined;
}

const isNodeError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error;
