import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditVerdict } from '#shared/contract/audit.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-broken-journal');
const home = join(folder.path, 'home');
const journal = join(home, 'journal.db');

beforeAll(async () => {
  await installedTerminal();
});
afterAll(() => folder.remove());

const verify = async () => {
  const ended = await runMt(['audit', 'verify', '--json'], { home });
  return { ...ended, verdict: auditVerdict.parse(oneJsonLine(ended.stdout)) };
};

describe('a journal from which the newest records were taken away', () => {
  it('is named with the first missing record and exit code 1; the untouched one is whole', async () => {
    const market = risingMarket();
    const csv = writeCsv(join(folder.path, 'btc.csv'), market.rows);
    const spawn = ['spawn', '--data', csv, '--interval', '1h', '--at', String(market.decision), '--json'];
    await runMt(spawn, { home });
    const before = await verify();
    expect(before).toMatchObject({ code: 0, verdict: { ok: true, firstBadSeq: null } });
    copyFileSync(journal, join(folder.path, 'older.db'));

    await runMt([...spawn, '--seed', '9'], { home });
    expect(await verify()).toMatchObject({ code: 0, verdict: { ok: true } });

    for (const tail of ['-wal', '-shm']) if (existsSync(journal + tail)) rmSync(journal + tail);
    copyFileSync(join(folder.path, 'older.db'), journal);
    const { code, verdict } = await verify();
    expect(code).toBe(1);
    expect(verdict).toMatchObject({ ok: false, head: null, firstBadSeq: before.verdict.records + 1 });

    const told = await runMt(['audit', 'verify'], { home });
    expect(told.code).toBe(1);
    expect(told.stdout).toContain(`record ${verdict.firstBadSeq} is the first bad one`);
  });
});

describe('a journal that was taken away whole', () => {
  it('is not begun anew: the head beside it tells that the first record is missing', async () => {
    const gone = join(folder.path, 'gone');
    await runMt(['spawn', '--json'], { home: gone });
    for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm']) rmSync(join(gone, name), { force: true });
    const ended = await runMt(['audit', 'verify', '--json'], { home: gone });
    expect(ended.code).toBe(1);
    expect(auditVerdict.parse(oneJsonLine(ended.stdout))).toMatchObject({ ok: false, firstBadSeq: 1 });
  });
});
