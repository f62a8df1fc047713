// A durable record of the journal (both hash chains, WAL, synchronous FULL, encrypted), a row in a bare database of the same kind, and as
// many bytes appended to a file and flushed: in turn, so that the disk treats them alike.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '../../src/adapters/sqlite/open-db.ts';
import { KEY, openDatabases } from '../lib/storage.mjs';

const RECORD_TYPE = 'order.submitted';

export function prepare({ folder, commits }) {
  const own = mkdtempSync(join(folder, 'commits-'));
  const { journal } = openDatabases(own);
  const bare = openDb(join(own, 'bare.db'), KEY, 'journal');
  bare.exec('create table row (id integer primary key, payload text not null) strict');
  const insert = bare.prepare('insert into row (payload) values (?)');
  const file = openSync(join(own, 'raw.bin'), 'a');
  const payload = { text: 'x'.repeat(300), n: 0 };
  const bytes = Buffer.from(JSON.stringify(payload));
  const cycle = journal.beginCycle();
  let n = 0;
  const kinds = {
    raw: () => {
      writeSync(file, bytes);
      fdatasyncSync(file);
    },
    row: () => insert.run(JSON.stringify(payload)),
    record: () =>
      journal.append(cycle, [
        { runId: 'R-bench', ts: 1_700_000_000_000 + n, type: RECORD_TYPE, payload: { ...payload, n } },
      ]),
  };
  return {
    run: () => {
      const times = { raw: [], row: [], record: [] };
      for (let i = -20; i < commits; i++) {
        n += 1;
        for (const [kind, commit] of Object.entries(kinds)) {
          const start = performance.now();
          commit();
          if (i >= 0) times[kind].push(performance.now() - start);
        }
      }
      const { ok } = journal.verify();
      return { times, ok };
    },
    result: () => {
      closeSync(file);
      bare.close();
    },
  };
}
