import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedHead } from '#core/journal/signed-head.ts';
import { createRng } from '#core/kernel/rng.ts';
import { fingerprintOf } from '#host/audit/proof-bundle.ts';
import { openAudited } from '../support/audited.ts';
import { NODE } from '../support/child.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { chain, drafts } from '../support/storage.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TOOLS = resolve(import.meta.dirname, '../../resources/audit');
const folder = tempFolder('mt-proof-bundle');
const logs = join(folder.path, 'RECORD_LOGS');
const rng = createRng(41);
let bundle = '';
let excerpt = '';
let early: SignedHead | undefined;
let newest: SignedHead | undefined;

beforeAll(async () => {
  const home = join(folder.path, 'home');
  mkdirSync(home);
  const open = openAudited({ folder: home, secrets: createMemorySecretStore() });
  const { journal } = open.storage;
  journal.append(journal.beginCycle(), drafts('R-one', 9));
  await open.audit.signNow();
  early = open.audit.newestHead();
  journal.append(journal.beginCycle(), drafts('R-two', 7));
  await open.audit.signNow();
  journal.append(1, drafts('R-one', 5));
  const whole = await open.audit.writeProof(TOOLS, { dir: logs });
  newest = whole.head;
  bundle = readFileSync(whole.path, 'utf8');
  const one = await open.audit.writeProof(TOOLS, { dir: logs, seq: 18, saved: early });
  excerpt = readFileSync(one.path, 'utf8');
  await open.end();
});
afterAll(() => folder.remove());

type Checked = { readonly code: number | null; readonly out: string; readonly err: string };
let files = 0;

/** Lets the program in the folder judge a text, with nothing of ours at hand: another folder, no environment. */
function check(text: string, ...options: readonly string[]): Promise<Checked> {
  const path = join(folder.path, `case-${files++}.mtproof`);
  writeFileSync(path, text);
  const child = spawn(NODE, [join(logs, 'verify.mjs'), path, ...options], { cwd: folder.path, env: {} });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, out, err }));
  });
}

/** Those of many texts that pass, by name. */
async function passing(cases: readonly (readonly [name: string, text: string])[], ...options: readonly string[]) {
  const passed: string[] = [];
  const left = [...cases];
  const work = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if ((await check(next[1], ...options)).code === 0) passed.push(next[0]);
    }
  };
  await Promise.all(Array.from({ length: 3 }, work));
  return passed;
}

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const evidence = (text: string): readonly number[] =>
  linesOf(text).flatMap((line, index) => (line.startsWith('#') ? [] : [index]));
const headFile = (head: SignedHead | undefined): string => {
  const path = join(folder.path, `head-${files++}.json`);
  writeFileSync(path, JSON.stringify(head));
  return path;
};

/** Each value of a line, changed a little. */
function editsOf(line: string): readonly string[] {
  const changed = (value: unknown): unknown =>
    typeof value === 'number'
      ? value + 1
      : typeof value === 'string'
        ? `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
        : value;
  const value: unknown = JSON.parse(line);
  const edits = (node: unknown): unknown[] => {
    if (Array.isArray(node)) return node.flatMap((item, index) => edits(item).map((edit) => node.with(index, edit)));
    if (typeof node === 'object' && node !== null)
      return Object.entries(node).flatMap(([key, item]) => edits(item).map((edit) => ({ ...node, [key]: edit })));
    return [changed(node)];
  };
  return edits(value).map((edit) => JSON.stringify(edit));
}

describe('a proof of the whole journal', () => {
  it('passes as it was written, with its head and the fingerprint of its key', async () => {
    const { code, out, err } = await check(bundle);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('whole: 21 records, 3 signed heads');
    expect(out).toContain(fingerprintOf(newest?.publicKey ?? ''));
    expect(readdirSync(logs)).toEqual(expect.arrayContaining(['README.md', 'verify.mjs']));
    expect(readFileSync(join(logs, 'verify.mjs'), 'utf8')).not.toMatch(/from '(?!node:)/);
  });

  it('passes with the head that somebody kept, and with the right fingerprint only', async () => {
    expect((await check(bundle, '--head', headFile(early))).code).toBe(0);
    expect((await check(bundle, '--key', fingerprintOf(newest?.publicKey ?? ''))).code).toBe(0);
    expect((await check(bundle, '--key', '0000 0000')).code).toBe(1);
  });

  it("fails without any one of its lines, with one twice, and with two in each other's place", async () => {
    const lines = linesOf(bundle);
    const cases = evidence(bundle).flatMap((at): (readonly [string, string])[] => [
      [`without ${at}`, textOf(lines.toSpliced(at, 1))],
      [`${at} twice`, textOf(lines.toSpliced(at, 0, lines[at] ?? ''))],
      ...(at + 1 < lines.length
        ? [[`${at} swapped`, textOf(lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? ''))] as const]
        : []),
    ]);
    expect(cases.length).toBeGreaterThan(70);
    expect(await passing(cases)).toEqual([]);
  });

  it('fails for every value that is changed a little', async () => {
    const lines = linesOf(bundle);
    const cases = evidence(bundle).flatMap((at) =>
      editsOf(lines[at] ?? '').map(
        (edit, index) => [`line ${at} value ${index}`, textOf(lines.with(at, edit))] as const,
      ),
    );
    const picked = cases.filter((_, index) => index < 12 || index % 4 === 0 || index > cases.length - 30);
    expect(picked.length).toBeGreaterThan(80);
    expect(await passing(picked)).toEqual([]);
  });

  it('fails for flipped bits and for a file that ends early', async () => {
    const bytes = Buffer.from(bundle, 'utf8');
    const from = bundle.indexOf('{"format"');
    const cases = Array.from({ length: 60 }, (_, index): readonly [string, string] => {
      const copy = Buffer.from(bytes);
      const at = from + rng.integer(bytes.length - from - 1);
      if (index >= 40) return [`cut at ${at}`, copy.subarray(0, at).toString('utf8')];
      const bit = rng.integer(7);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << bit), at);
      return [`bit ${bit} of byte ${at}`, copy.toString('utf8')];
    });
    expect(await passing(cases)).toEqual([]);
  });

  it('that was cut back to an earlier head is an earlier proof, and fails against a head that was kept', async () => {
    const lines = linesOf(bundle).filter(
      (line) =>
        line.startsWith('#') ||
        line.startsWith('{') ||
        /^\["record",[1-9],/.test(line) ||
        line.includes('"counter":1,'),
    );
    const cut = textOf(lines).replace('"records":21,"heads":3', '"records":9,"heads":1');
    const { code, out } = await check(cut);
    expect(code).toBe(0);
    expect(out).toContain('head 1 of');
    expect(await check(cut, '--head', headFile(newest))).toMatchObject({
      code: 1,
      err: expect.stringContaining('not here'),
    });
  });

  it('that somebody made anew with another key shows another fingerprint, and fails against a head that was kept', async () => {
    const forged = forge(bundle);
    const { code, out } = await check(forged);
    expect(code).toBe(0);
    expect(out).not.toContain(fingerprintOf(newest?.publicKey ?? ''));
    expect((await check(forged, '--key', fingerprintOf(newest?.publicKey ?? ''))).code).toBe(1);
    expect((await check(forged, '--head', headFile(early))).code).toBe(1);
  });
});

type RecordLine = readonly [string, number, number, string, number, number, string, string, string, string];

/** Changes a payload and makes every hash, root and signature anew, with a key of its own. */
function forge(text: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const runs = new Map<string, string>();
  const sha = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  const root = (leaves: readonly Buffer[]): Buffer => {
    if (leaves.length === 1) return leaves[0] ?? Buffer.alloc(0);
    let k = 1;
    while (k * 2 < leaves.length) k *= 2;
    return sha(Buffer.of(1), root(leaves.slice(0, k)), root(leaves.slice(k)));
  };
  let hash = '0'.repeat(64);
  const leaves: Buffer[] = [];
  const hashes: string[] = [];
  const lines = linesOf(text).map((line) => {
    if (line.startsWith('#')) return line;
    const value: unknown = JSON.parse(line);
    if (!Array.isArray(value)) return JSON.stringify({ ...(value as object), publicKey: key });
    if (value[0] === 'record') {
      const [, seq, cycle, runId, runSeq, ts, type, payload] = value as unknown as RecordLine;
      const payloadText = seq === 4 ? '{"index":999}' : payload;
      const base = { seq, cycle, runId, runSeq, ts, type, payloadText };
      const runHash = chain.nextRunHash(runs.get(`${cycle} ${runId}`) ?? chain.runGenesis(runId), base);
      hash = chain.nextHash(hash, { ...base, runHash });
      runs.set(`${cycle} ${runId}`, runHash);
      leaves.push(sha(Buffer.of(0), Buffer.from(hash, 'hex')));
      hashes.push(hash);
      return JSON.stringify(['record', seq, cycle, runId, runSeq, ts, type, payloadText, runHash, hash]);
    }
    const head = value[1] as SignedHead;
    const next = {
      ...head,
      root: root(leaves.slice(0, head.size)).toString('hex'),
      hash: hashes[head.size - 1],
      publicKey: key,
    };
    const signed = JSON.stringify([
      'mt/journal/head/v1',
      next.vaultId,
      next.counter,
      next.size,
      next.root,
      next.hash,
      next.ts,
    ]);
    return JSON.stringify([
      'head',
      { ...next, signature: sign(null, Buffer.from(signed), privateKey).toString('hex') },
    ]);
  });
  return textOf(lines);
}

describe('a proof of one record', () => {
  it('passes with the head that its reader kept, and shows no other record', async () => {
    const options = ['--head', headFile(early)];
    const { code, out, err } = await check(excerpt, ...options);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/whole: record 18 \([\w.]+\) of 21/);
    expect(excerpt.match(/\["record"/g)).toHaveLength(1);
    expect((await check(excerpt)).code).toBe(2);
  });

  it('fails for every value that is changed a little, and without any line', async () => {
    const lines = linesOf(excerpt);
    const cases = evidence(excerpt).flatMap((at) => [
      [`without ${at}`, textOf(lines.toSpliced(at, 1))] as const,
      ...editsOf(lines[at] ?? '').map(
        (edit, index) => [`line ${at} value ${index}`, textOf(lines.with(at, edit))] as const,
      ),
    ]);
    expect(cases.length).toBeGreaterThan(30);
    expect(await passing(cases, '--head', headFile(early))).toEqual([]);
  });

  it('fails for a reader who kept a head of another journal', async () => {
    const other = join(folder.path, 'other');
    mkdirSync(other);
    copyFileSync(join(folder.path, 'home', 'journal.heads'), join(other, 'unrelated'));
    const second = openAudited({ folder: other, secrets: createMemorySecretStore() });
    second.storage.journal.append(0, drafts('R-else', 9));
    await second.audit.signNow();
    const foreign = second.audit.newestHead();
    await second.end();
    expect((await check(excerpt, '--head', headFile(foreign))).code).toBe(1);
  });
});
