import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyedHash } from '#adapters/digest/keyed-hash.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { openJournal } from '#adapters/sqlite/open-journal.ts';
import { GENESIS } from '#core/journal/chain.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { headKeychainOf } from '#host/audit/keychain-head.ts';
import { type JournalVerdict, verifyJournal } from '#host/audit/verify-journal.ts';
import { openAudited, VAULT_ID } from '../support/audited.ts';
import { journalAttacks, rechain } from '../support/journal-attacks.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { createMemorySecretStore, type MemorySecretStore } from '../support/memory-secret-store.ts';
import { chain, drafts, openAsAttacker, storageKeys, storagePaths, TEST_KEY } from '../support/storage.ts';
import type { Proof, ProofContext, ProofOutcome, ProofRow } from './types.ts';

const RECORDS = 60;
/** Records at which a head was signed, the last one at the end. */
const SIGNED = [20, 40, RECORDS] as const;
const FILES = ['journal.db', 'journal.db-wal', 'journal.head', 'journal.heads'] as const;

type Stage = { readonly folder: string; readonly secrets: MemorySecretStore };
/** Changes the files of a copy and answers the first bad record that must be named; undefined when any will do. */
type Tamper = (folder: string, seq: number, rng: Rng, stages: ReadonlyMap<number, string>) => number | undefined;

function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of FILES) {
    rmSync(join(to, name), { force: true });
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

const inDb = (work: (db: ReturnType<typeof openAsAttacker>) => number): ((folder: string) => number) => {
  return (folder) => {
    const db = openAsAttacker(folder);
    try {
      db.exec('drop index journal_run');
      return work(db);
    } finally {
      db.close();
    }
  };
};
const linesOf = (folder: string): string[] =>
  readFileSync(join(folder, 'journal.heads'), 'utf8').split('\n').slice(0, -1);
const writeHeads = (folder: string, lines: readonly string[]): void =>
  writeFileSync(join(folder, 'journal.heads'), lines.map((line) => `${line}\n`).join(''));

/** The head file beside the journal, made to agree with whatever the database now says. */
function agreeWithHeadFile(folder: string): void {
  const db = openAsAttacker(folder);
  const head = db.prepare<[], { seq: number; hash: string }>('select seq, hash from journal_head').get();
  db.close();
  writeFileSync(join(folder, 'journal.head'), JSON.stringify(head));
}

const cutTail = (folder: string, seq: number): void => {
  inDb((db) => {
    db.prepare('delete from journal where seq >= ?').run(seq);
    const last = db.prepare<[], { hash: string }>('select hash from journal order by seq desc limit 1').get();
    db.prepare('update journal_head set seq = ?, hash = ?').run(seq - 1, last?.hash ?? GENESIS);
    return seq;
  })(folder);
  agreeWithHeadFile(folder);
};

const plain = Object.entries(journalAttacks(RECORDS)).filter(([name]) => !name.includes('with the audit key'));

const TAMPERS: { readonly [name: string]: Tamper } = {
  ...Object.fromEntries(
    plain.map(([name, attack]): readonly [string, Tamper] => [
      name,
      (folder, seq) => inDb((db) => attack(db, seq))(folder),
    ]),
  ),
  'makes the chain anew with the audit key, head row and head file too': (folder, seq) => {
    inDb((db) => {
      db.prepare('update journal set ts = ts + 1 where seq = ?').run(seq);
      rechain(db, keyedHash(storageKeys(TEST_KEY).auditMac));
      return seq;
    })(folder);
    agreeWithHeadFile(folder);
    return SIGNED.find((size) => size >= seq);
  },
  'cuts the tail off, head row and head file too': (folder, seq) => {
    cutTail(folder, seq);
    return seq;
  },
  'cuts the tail off, head row, head file and signed heads too': (folder, seq) => {
    cutTail(folder, seq);
    writeHeads(
      folder,
      linesOf(folder).filter((_, index) => (SIGNED[index] ?? 0) < seq),
    );
    return seq;
  },
  'puts back everything as it was at an earlier head': (folder, _seq, rng, stages) => {
    const size = SIGNED[rng.integer(SIGNED.length - 1)] ?? SIGNED[0];
    copyFiles(stages.get(size) ?? '', folder);
    return size + 1;
  },
  'puts back the database alone': (folder, _seq, rng, stages) => {
    const size = SIGNED[rng.integer(SIGNED.length - 1)] ?? SIGNED[0];
    for (const name of ['journal.db', 'journal.db-wal'] as const) {
      rmSync(join(folder, name), { force: true });
      const from = join(stages.get(size) ?? '', name);
      if (existsSync(from)) copyFileSync(from, join(folder, name));
    }
    return size + 1;
  },
  'removes the signed heads': (folder) => {
    rmSync(join(folder, 'journal.heads'));
    return undefined;
  },
  'removes the newest signed head': (folder) => {
    writeHeads(folder, linesOf(folder).slice(0, -1));
    return undefined;
  },
  'changes a digit of a signed head': (folder, _seq, rng) => {
    const lines = linesOf(folder);
    const at = rng.integer(lines.length);
    const line = lines[at] ?? '';
    const digits = [...line.matchAll(/\d/g)];
    const place = digits[rng.integer(digits.length)]?.index ?? 0;
    const digit = String((Number(line[place]) + 1 + rng.integer(9)) % 10);
    writeHeads(folder, lines.with(at, line.slice(0, place) + digit + line.slice(place + 1)));
    return undefined;
  },
  'swaps two signed heads': (folder, _seq, rng) => {
    const [a = '', b = '', c = ''] = linesOf(folder);
    writeHeads(folder, rng.integer(2) === 0 ? [b, a, c] : [a, c, b]);
    return undefined;
  },
};

/** A journal that three heads were signed over, and copies of every file at each of them. */
async function prepare(scratch: string): Promise<Stage & { readonly stages: ReadonlyMap<number, string> }> {
  const folder = join(scratch, 'original');
  mkdirSync(folder);
  const secrets = createMemorySecretStore();
  const stages = new Map<number, string>();
  for (const size of SIGNED) {
    const open = openAudited({ folder, secrets });
    const { journal } = open.storage;
    const cycle = journal.beginCycle();
    journal.append(cycle, drafts(`R-${cycle % 2}`, size - journal.head().seq));
    await open.end();
    const stage = join(scratch, `at-${size}`);
    copyFiles(folder, stage);
    stages.set(size, stage);
  }
  return { folder, secrets, stages };
}

async function verdictOf(folder: string, secrets: MemorySecretStore, slot: string): Promise<JournalVerdict> {
  const { journalPath, headPath } = storagePaths(folder);
  const logger = createRingLogger({ verbose: false });
  const opened = openJournal({ journalPath, headPath, keys: storageKeys(TEST_KEY), chain, logger });
  try {
    return await verifyJournal({
      journal: opened.journal,
      vaultId: VAULT_ID,
      publicKey: opened.signer.publicKey,
      headsPath: join(folder, 'journal.heads'),
      keychain: headKeychainOf(secrets, { vaultId: VAULT_ID, slot }),
    });
  } finally {
    opened.close();
  }
}

/** Every way of changing a journal on the disk is seen, and the first bad record named; an untouched or crashed one is not accused. */
export const s6: Proof = {
  id: 'S6',
  title: 'a journal that was changed is seen',
  async run(context) {
    const copies = memoryFolder('mt-proof-S6');
    try {
      return await tamper(context, copies.path);
    } finally {
      copies.remove();
    }
  },
};

async function tamper({ size, seed, say }: ProofContext, scratch: string): Promise<ProofOutcome> {
  const { folder, secrets, stages } = await prepare(scratch);
  const kinds = Object.entries(TAMPERS);
  const each = Math.ceil((size === 'ci' ? 2_800 : 50_000) / kinds.length);
  const rng = createRng(seed);
  const copy = join(scratch, 'copy');
  const missed: string[] = [];
  const misnamed: string[] = [];
  let cases = 0;
  let blind = 0;
  let rollbacks = 0;
  for (const [name, change] of kinds) {
    for (let i = 0; i < each; i++) {
      copyFiles(folder, copy);
      // Both ends are always among the places.
      const seq = i === 0 ? 1 : i === 1 ? RECORDS : 1 + rng.integer(RECORDS);
      const expected = change(copy, seq, rng, stages);
      const { result } = await verdictOf(copy, secrets, 'open_keychain');
      cases += 1;
      if (result.ok) missed.push(`${name} at ${seq}`);
      else if (expected !== undefined && result.firstBadSeq !== expected)
        misnamed.push(`${name} at ${seq}: ${result.firstBadSeq}, not ${expected}`);
      if (name.startsWith('puts back everything') && i < 40) {
        rollbacks += 1;
        if ((await verdictOf(copy, secrets, 'passphrase')).result.ok) blind += 1;
      }
    }
    say(`${name}: ${each}`);
  }
  const honest = await honestCases(folder, secrets, stages, copy);
  const rows: ProofRow[] = [
    {
      what: `changes of ${kinds.length} kinds to database, heads and all files: not seen`,
      goal: '0',
      measured: missed.length === 0 ? '0' : `${missed.length}: ${missed.slice(0, 3).join('; ')}`,
      n: cases,
      kind: 'goal',
      met: missed.length === 0,
    },
    {
      what: 'of these, the first bad record named wrongly',
      goal: '0',
      measured: misnamed.length === 0 ? '0' : `${misnamed.length}: ${misnamed.slice(0, 3).join('; ')}`,
      n: cases,
      kind: 'goal',
      met: misnamed.length === 0,
    },
    {
      what: 'untouched journals, and journals as an honest crash leaves them: accused',
      goal: '0',
      measured: String(honest.accused),
      n: honest.n,
      kind: 'goal',
      met: honest.accused === 0,
    },
    {
      what: 'an older copy of all files, asked about without the keychain: passes, so it is the keychain that sees it',
      goal: 'all',
      measured: `${blind} of ${rollbacks}`,
      n: rollbacks,
      kind: 'control',
      met: blind === rollbacks,
    },
  ];
  return { kind: 'ran', rows };
}

async function honestCases(
  folder: string,
  secrets: MemorySecretStore,
  stages: ReadonlyMap<number, string>,
  copy: string,
): Promise<{ readonly accused: number; readonly n: number }> {
  const heads = readFileSync(join(folder, 'journal.heads'));
  const older = readFileSync(join(stages.get(SIGNED[1]) ?? '', 'journal.heads'));
  const keptNewest = secrets.entries.get(`journal-head-${VAULT_ID}`) ?? '';
  const keptOlder = older.toString('utf8').split('\n').at(-2) ?? '';
  let [accused, n] = [0, 0];
  const ask = async (change: () => void, kept: string): Promise<void> => {
    copyFiles(folder, copy);
    change();
    secrets.entries.set(`journal-head-${VAULT_ID}`, kept);
    n += 1;
    if (!(await verdictOf(copy, secrets, 'open_keychain')).result.ok) accused += 1;
  };
  const headsPath = join(copy, 'journal.heads');
  for (let i = 0; i < 20; i++) {
    await ask(() => undefined, keptNewest);
    // The keychain was not told yet.
    await ask(() => undefined, keptOlder);
    // Records after the last head, and a head that was cut in the middle of being written.
    await ask(() => writeFileSync(headsPath, older), keptOlder);
    await ask(() => writeFileSync(headsPath, heads.subarray(0, older.length + 7 + 20 * i)), keptOlder);
    await ask(() => writeFileSync(join(copy, 'journal.head'), i % 2 === 0 ? '' : Buffer.alloc(64)), keptNewest);
  }
  secrets.entries.set(`journal-head-${VAULT_ID}`, keptNewest);
  return { accused, n };
}
