// A million candles in the product's store, as columns, and one row each in a table of the same encrypted database: read in turn.
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '../../src/adapters/sqlite/open-db.ts';
import { parseCandleColumns } from '../../src/core/market/parse-candle-csv.ts';
import { NAMES, readColumns } from '../lib/candles.mjs';
import { KEY, openDatabases } from '../lib/storage.mjs';

const ID = 'BTC/USDT.SIM';

export function prepare({ path, csv, folder }) {
  const made = readColumns(path);
  const own = mkdtempSync(join(folder, 'candles-'));
  const storage = openDatabases(own);
  const rows = openDb(join(own, 'rows.db'), KEY, 'market');
  rows.exec(
    'create table candle (open_time integer primary key, open real not null, high real not null, low real not null, close real not null, volume real not null) strict',
  );
  const insert = rows.prepare('insert into candle values (?, ?, ?, ?, ?, ?)');
  rows.transaction(() => {
    for (let i = 0; i < made.length; i++) insert.run(...NAMES.map((name) => made[name][i]));
  })();
  const all = rows.prepare('select * from candle order by open_time').raw();
  let imported = 0;
  const same = (columns) =>
    columns.length === made.length && NAMES.every((name) => columns[name].every((value, i) => value === made[name][i]));

  const actions = {
    /** Text to durable columns, under a new name each time. */
    import: () => {
      const { columns } = parseCandleColumns(readFileSync(csv, 'latin1'), '1m', 'bench.csv');
      imported += 1;
      return storage.candles.putColumns(imported === 1 ? ID : `C${imported}/USDT.SIM`, columns).added;
    },
    columns: () => storage.candles.readColumns(ID, '1m'),
    rows: () => {
      const columns = { length: made.length };
      for (const name of NAMES) columns[name] = new Float64Array(made.length);
      let i = 0;
      for (const row of all.iterate()) {
        for (let column = 0; column < NAMES.length; column++) columns[NAMES[column]][i] = row[column];
        i += 1;
      }
      return columns;
    },
  };
  return {
    run: (what) => void actions[what](),
    result: () => ({ columns: same(actions.columns()), rows: same(actions.rows()) }),
  };
}
