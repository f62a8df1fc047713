#!/usr/bin/env node
// Checks a .mtproof file with nothing but Node: node verify.mjs NAME.mtproof [--key FINGERPRINT] [--head FILE]. README.md says what it means.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

class Broken extends Error {}
class Unreadable extends Error {}
const must = (holds, what) => {
  if (!holds) throw new Broken(what);
};
const readable = (holds, what) => {
  if (!holds) throw new Unreadable(what);
};

const hex32 = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const count = (value) => Number.isSafeInteger(value) && value >= 0;
const H = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const bytesHash = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafOf = (hash) => bytesHash(Buffer.of(0), Buffer.from(hash, 'hex'));
const nodeOf = (left, right) => bytesHash(Buffer.of(1), left, right);

// ---- records

const RECORD = ['seq', 'cycle', 'runId', 'runSeq', 'ts', 'type', 'payload', 'runHash', 'hash'];
const recordOf = (line) => {
  readable(line.length === RECORD.length + 1, 'a record has the wrong number of parts');
  const record = Object.fromEntries(RECORD.map((name, index) => [name, line[index + 1]]));
  const { seq, cycle, runId, runSeq, ts, type, payload, runHash, hash } = record;
  readable([seq, cycle, runSeq].every(count) && Number.isSafeInteger(ts), 'a record has a number that is none');
  readable(
    [runId, type, payload].every((text) => typeof text === 'string'),
    'a record has a text that is none',
  );
  readable(hex32(runHash) && hex32(hash), 'a record has a hash that is none');
  return record;
};

const runGenesis = (runId) => H(`mt/journal/run-genesis/v1\n${runId}`);

function checkRecord(record, previous, previousRun) {
  const { seq, cycle, runId, runSeq, ts, type, payload, runHash, hash } = record;
  const payloadHash = H(`mt/journal/payload/v1\n${payload}`);
  const whole = ['mt/journal/record/v1', previous, seq, cycle, runId, runSeq, ts, type, payloadHash, runHash];
  must(H(JSON.stringify(whole)) === hash, `record ${seq} does not match its hash`);
  const run = ['mt/journal/run/v1', previousRun, runSeq, ts, type, payloadHash];
  must(H(JSON.stringify(run)) === runHash, `record ${seq} does not match the hash of its run`);
}

// ---- heads

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const fingerprintOf = (key) => createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex').slice(0, 32);

function checkHead(head, vaultId, publicKey) {
  const { counter, size, root, hash, ts, signature } = head;
  must(head.vaultId === vaultId, `head ${counter} is of another vault`);
  must(head.publicKey === publicKey, `head ${counter} is signed with another key`);
  const text = JSON.stringify(['mt/journal/head/v1', head.vaultId, counter, size, root, hash, ts]);
  const key = createPublicKey({
    key: Buffer.concat([SPKI, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  });
  const signed = verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'));
  must(signed, `head ${counter} does not match its signature`);
}

function headOf(value) {
  const head = typeof value === 'object' && value !== null ? value : {};
  readable(typeof head.vaultId === 'string' && hex32(head.publicKey), 'a head names no vault or no key');
  readable([head.counter, head.size, head.ts].every(count), 'a head has a number that is none');
  readable(hex32(head.root) && hex32(head.hash), 'a head has a hash that is none');
  readable(typeof head.signature === 'string' && /^[0-9a-f]{128}$/.test(head.signature), 'a head has no signature');
  return head;
}

// ---- the tree of RFC 6962

function growingTree() {
  const whole = [];
  return {
    push(leaf) {
      let [node, size] = [leaf, 1];
      while (whole.at(-1)?.size === size) {
        node = nodeOf(whole.pop().node, node);
        size *= 2;
      }
      whole.push({ size, node });
    },
    root: () =>
      whole
        .slice(0, -1)
        .reduceRight((right, { node }) => nodeOf(node, right), whole.at(-1).node)
        .toString('hex'),
  };
}

const half = (n) => Math.floor(n / 2);

/** RFC 9162, 2.1.3.2. */
function includes(leaf, index, size, root, path) {
  let [at, last, node] = [index, size - 1, leaf];
  for (const beside of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeOf(beside, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else node = nodeOf(node, beside);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && node.toString('hex') === root;
}

/** RFC 9162, 2.1.4.2. */
function extendsTree(oldSize, oldRoot, size, root, path) {
  if (oldSize < 1 || oldSize > size) return false;
  if (oldSize === size) return path.length === 0 && oldRoot === root;
  const power = Number.isInteger(Math.log2(oldSize));
  const [first, ...rest] = power ? [Buffer.from(oldRoot, 'hex'), ...path] : path;
  if (first === undefined) return false;
  let [at, last, was, is] = [oldSize - 1, size - 1, first, first];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  for (const beside of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [was, is] = [nodeOf(beside, was), nodeOf(beside, is)];
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else is = nodeOf(is, beside);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && was.toString('hex') === oldRoot && is.toString('hex') === root;
}

const pathOf = (value) => {
  readable(Array.isArray(value) && value.every(hex32), 'a path has a hash that is none');
  return value.map((text) => Buffer.from(text, 'hex'));
};

// ---- the two kinds of file

async function* linesOf(path) {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.startsWith('#') || line.trim() === '') continue;
    let value;
    try {
      value = JSON.parse(line);
    } catch {
      throw new Unreadable('a line is no JSON');
    }
    yield value;
  }
}

async function checkJournal(lines, about, saved) {
  const runs = new Map();
  const hashes = [];
  const heads = [];
  let [size, hash] = [0, '0'.repeat(64)];
  for await (const line of lines) {
    readable(Array.isArray(line), 'a line is neither a record nor a head');
    if (line[0] === 'record') {
      readable(heads.length === 0, 'a record stands behind the heads');
      const record = recordOf(line);
      must(record.seq === size + 1, `record ${record.seq} stands where record ${size + 1} belongs`);
      const name = `${record.cycle}\n${record.runId}`;
      const run = runs.get(name) ?? { runSeq: 0, runHash: runGenesis(record.runId) };
      must(record.runSeq === run.runSeq + 1, `record ${record.seq} is not the next one of its run`);
      checkRecord(record, hash, run.runHash);
      runs.set(name, record);
      [size, hash] = [record.seq, record.hash];
      hashes.push(hash);
    } else {
      readable(line[0] === 'head' && line.length === 2, 'a line is neither a record nor a head');
      heads.push(headOf(line[1]));
    }
  }
  must(size === about.records, `it should hold ${about.records} records and holds ${size}`);
  must(heads.length === about.heads, `it should hold ${about.heads} heads and holds ${heads.length}`);
  const roots = rootsAt(hashes, saved === undefined ? heads : [...heads, saved]);
  let before;
  for (const head of heads) {
    checkHead(head, about.vaultId, about.publicKey);
    must(
      before === undefined || (head.counter > before.counter && head.size >= before.size),
      `head ${head.counter} is out of order`,
    );
    checkCovered(head, roots, `head ${head.counter}`);
    before = head;
  }
  must(before?.size === size, 'the newest head does not cover the last record');
  if (saved !== undefined) {
    checkHead(saved, about.vaultId, about.publicKey);
    checkCovered(saved, roots, 'the head that was kept');
  }
  return { head: before, what: `${size} records, ${heads.length} signed heads` };
}

/** Root and newest hash at the size of each head. */
function rootsAt(hashes, heads) {
  const wanted = new Set(heads.map(({ size }) => size));
  const tree = growingTree();
  const roots = new Map();
  for (const [index, hash] of hashes.entries()) {
    tree.push(leafOf(hash));
    if (wanted.has(index + 1)) roots.set(index + 1, { root: tree.root(), hash });
  }
  return roots;
}

function checkCovered(head, roots, name) {
  const found = roots.get(head.size);
  must(found !== undefined, `${name} covers ${head.size} records, which are not here`);
  must(found.root === head.root && found.hash === head.hash, `${name} covers other records than these`);
}

async function checkExcerpt(lines, about, saved) {
  const parts = new Map();
  for await (const line of lines) {
    readable(Array.isArray(line) && !parts.has(line[0]), 'a line does not belong to an excerpt');
    parts.set(line[0], line);
  }
  const needed = (name) => {
    readable(parts.has(name), `its ${name} is missing`);
    return parts.get(name);
  };
  const [, previous, previousRun] = needed('previous');
  readable(hex32(previous) && hex32(previousRun), 'what stood before the record is no hash');
  const record = recordOf(needed('record'));
  const head = headOf(needed('head')[1]);
  checkHead(head, about.vaultId, about.publicKey);
  must(about.heads === 1, 'an excerpt holds one head');
  must(head.size === about.records, 'the head covers another number of records than the file says');
  checkRecord(record, previous, previousRun);
  must(
    record.seq >= 1 &&
      includes(leafOf(record.hash), record.seq - 1, head.size, head.root, pathOf(needed('inclusion')[1])),
    `record ${record.seq} is not among the records that the head covers`,
  );
  if (parts.has('consistency') || saved !== undefined) {
    readable(saved !== undefined, 'it refers to an earlier head: give that with --head');
    const [, oldSize, path] = needed('consistency');
    checkHead(saved, about.vaultId, about.publicKey);
    must(
      oldSize === saved.size && extendsTree(saved.size, saved.root, head.size, head.root, pathOf(path)),
      'the journal does not begin with the records of the head that was kept',
    );
  }
  return { head, what: `record ${record.seq} (${record.type}) of ${head.size}` };
}

async function check(path, { key, head: headPath }) {
  const lines = linesOf(path);
  const { value: about } = await lines.next();
  readable(about?.format === 'mtproof/1', 'it is no proof of this format (mtproof/1)');
  readable(
    typeof about.vaultId === 'string' && hex32(about.publicKey) && count(about.records),
    'its first line is not whole',
  );
  const fingerprint = fingerprintOf(about.publicKey);
  if (key !== undefined)
    must(
      key.replaceAll(' ', '').toLowerCase() === fingerprint,
      `the key that signs has the fingerprint ${fingerprint}`,
    );
  let saved;
  if (headPath !== undefined) {
    const value = JSON.parse(readFileSync(headPath, 'utf8'));
    saved = headOf(value?.signed ?? value);
  }
  readable(about.kind === 'journal' || about.kind === 'excerpt', 'it is of an unknown kind');
  const { head, what } = await (about.kind === 'journal' ? checkJournal : checkExcerpt)(lines, about, saved);
  return [
    `whole: ${what}`,
    `head ${head.counter} of ${new Date(head.ts).toISOString()} over records 1 to ${head.size}, root ${head.root}`,
    `signed with the key ${fingerprint.match(/.{4}/g).join(' ')} (compare it with the owner's)`,
  ];
}

const USAGE = 'usage: node verify.mjs NAME.mtproof [--key FINGERPRINT] [--head FILE]';
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string' }, head: { type: 'string' } },
  });
  if (positionals.length !== 1) throw new Unreadable(USAGE);
  for (const line of await check(positionals[0], values)) process.stdout.write(`${line}\n`);
} catch (error) {
  const broken = error instanceof Broken;
  process.stderr.write(broken ? `BROKEN: ${error.message}\n` : `not a readable proof: ${error.message}\n`);
  process.exitCode = broken ? 1 : 2;
}
