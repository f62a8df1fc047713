import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifyResult } from '#core/journal/types.ts';
import { createRng } from '#core/kernel/rng.ts';
import { type Attack, journalAttacks } from '../support/journal-attacks.ts';
import { copyJournal, drafts, openAsAttacker, openTestStorage } from '../support/storage.ts';
import { tempFolder } from '../support/temp-folder.ts';

const RECORDS = 60;
const ROUNDS = 30;
const folder = tempFolder('mt-tamper');
const original = join(folder.path, 'original');
const rng = createRng(20_241_120);

beforeAll(() => {
  copyJournal(original, original);
  const storage = openTestStorage(original);
  const { journal } = storage;
  for (let cycle = 0; cycle < 4; cycle++) journal.append(journal.beginCycle(), drafts(`R-${cycle % 2}`, RECORDS / 4));
  expect(journal.verify()).toMatchObject({ ok: true, records: RECORDS });
  storage.close();
});
afterAll(() => folder.remove());

let round = 0;
const ATTACKS = journalAttacks(RECORDS);

/** Lets somebody with the key change a copy, and asks the journal about it afterwards. */
function verdictAfter(attack: Attack, seq: number): { readonly verdict: VerifyResult; readonly expected: number } {
  const copy = join(folder.path, `copy-${round++}`);
  copyJournal(original, copy);
  const db = openAsAttacker(copy);
  db.exec('drop index journal_run');
  const expected = attack(db, seq);
  db.close();
  const storage = openTestStorage(copy);
  const verdict = storage.journal.verify();
  storage.close();
  return { verdict, expected };
}

describe(`a journal changed behind its triggers (${Object.keys(ATTACKS).length} kinds, ${ROUNDS} times each)`, () => {
  it.each(Object.entries(ATTACKS))('names the first bad record when somebody %s', (_, attack) => {
    for (let i = 0; i < ROUNDS; i++) {
      // Both ends are always among the places.
      const seq = i === 0 ? 1 : i === 1 ? RECORDS : 1 + rng.integer(RECORDS);
      const { verdict, expected } = verdictAfter(attack, seq);
      expect(verdict, `at record ${seq}`).toMatchObject({ ok: false, firstBadSeq: expected });
    }
  });

  it('passes a copy that somebody opened and left alone', () => {
    expect(verdictAfter(() => 0, 1).verdict).toMatchObject({ ok: true, records: RECORDS });
  });
});
