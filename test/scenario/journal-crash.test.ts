import { afterAll, describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { killStarted, startScript, untilLines } from '../support/child.ts';
import { openTestStorage } from '../support/storage.ts';
import { tempFolder } from '../support/temp-folder.ts';

const KILLS = 12;
const folder = tempFolder('mt-crash');
afterAll(() => {
  killStarted();
  folder.remove();
});
const rng = createRng(7);

describe('a journal whose process is killed in the middle of appending', () => {
  it(`keeps its chain and every acknowledged record through ${KILLS} kills in a row`, async () => {
    let records = 0;
    for (let round = 1; round <= KILLS; round++) {
      const run = startScript('append-loop.ts', [folder.path]);
      const target = 2 + rng.integer(60);
      await untilLines(run, target);
      run.child.kill('SIGKILL');
      const { signal, stdout, stderr } = await run.finished;
      expect(signal, stderr).toBe('SIGKILL');
      // A line without its end was cut by the kill; its record may or may not be counted.
      const acknowledged = stdout.split('\n').slice(0, -1).at(-1)?.split(' ');
      const seq = Number(acknowledged?.[0]);
      const storage = openTestStorage(folder.path);
      const verdict = storage.journal.verify();
      expect(verdict).toMatchObject({ ok: true });
      expect(verdict.records).toBeGreaterThanOrEqual(seq);
      expect(seq).toBeGreaterThan(records);
      expect(storage.journal.read(seq - 1, 1)[0]?.runHash).toBe(acknowledged?.[1]);
      expect(storage.journal.head().seq).toBe(verdict.records);
      records = verdict.records;
      storage.close();
    }
    expect(records).toBeGreaterThan(KILLS * 2);
  });
});
