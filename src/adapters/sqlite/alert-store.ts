import type { Alert } from '#core/alerts/types.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { AlertStore, EgressEntry } from '#core/ports/alert-store.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

type AlertRow = Omit<Alert, 'read' | 'at' | 'lastAt'> & {
  readonly read: number;
  readonly at: number;
  readonly lastAt: number;
};
type EgressRow = Omit<EgressEntry, 'at'> & { readonly at: number };

const COLUMNS =
  'id, kind, urgency, environment, at, last_at as lastAt, count, text, hidden, link, read, held_back as heldBack';
/** What was sent outside is remembered this far back. */
const MOST_EGRESS = 5_000;

/** Alerts in the market database: a write of theirs never waits for the disk, and never stands in the way of a record of the journal. */
export function createAlertStore(db: Db, path: string): AlertStore {
  const sql = statements(db);
  const get = (id: number | bigint): Alert | undefined => {
    const row = sql.get.get(Number(id));
    return row === undefined ? undefined : toAlert(row);
  };
  const written = (id: number | bigint): Alert => {
    const alert = get(id);
    if (alert === undefined) throw new TypeError('the row that was just written is gone');
    return alert;
  };
  return {
    add: (alert) => guarded(path, () => written(sql.add.run({ ...alert, read: alert.read ? 1 : 0 }).lastInsertRowid)),
    again: (key, since, at) =>
      guarded(path, () => {
        const found = sql.newest.get(key, since);
        if (found === undefined) return undefined;
        sql.again.run(at, found.id);
        return written(found.id);
      }),
    has: (key) => guarded(path, () => sql.newest.get(key, 0) !== undefined),
    list: ({ limit, unreadOnly, beforeId = Number.MAX_SAFE_INTEGER }) =>
      guarded(path, () => sql.list.all(beforeId, unreadOnly ? 1 : 0, limit).map(toAlert)),
    get: (id) => guarded(path, () => get(id)),
    markRead: (ids) =>
      guarded(path, () =>
        db
          .transaction(() =>
            ids === 'all' ? sql.readAll.run().changes : ids.reduce((sum, id) => sum + sql.readOne.run(id).changes, 0),
          )
          .immediate(),
      ),
    unread: () => guarded(path, () => sql.unread.get()?.n ?? 0),
    prune: (most) => guarded(path, () => void sql.prune.run(most)),
    reach: () => guarded(path, () => sql.reach.get()?.seq),
    setReach: (seq) => guarded(path, () => void sql.setReach.run(seq)),
    addEgress: (entry) =>
      guarded(path, () => {
        sql.addEgress.run(entry);
        sql.pruneEgress.run(MOST_EGRESS);
      }),
    egress: (limit) => guarded(path, () => sql.egress.all(limit).map((row) => ({ ...row, at: unixMs(row.at) }))),
  };
}

const statements = (db: Db) => ({
  add: db.prepare(
    `insert into alert (key, kind, urgency, environment, at, last_at, count, text, hidden, link, read, held_back)
       values (@key, @kind, @urgency, @environment, @at, @at, 1, @text, @hidden, @link, @read, @heldBack)`,
  ),
  get: db.prepare<[number], AlertRow>(`select ${COLUMNS} from alert where id = ?`),
  newest: db.prepare<[string, number], { id: number }>(
    'select id from alert where key = ? and last_at >= ? order by last_at desc, id desc limit 1',
  ),
  again: db.prepare<[UnixMs, number]>('update alert set count = count + 1, last_at = ? where id = ?'),
  list: db.prepare<[number, number, number], AlertRow>(
    `select ${COLUMNS} from alert where id < ? and (? = 0 or read = 0) order by id desc limit ?`,
  ),
  readAll: db.prepare<[]>('update alert set read = 1 where read = 0'),
  readOne: db.prepare<[number]>('update alert set read = 1 where id = ? and read = 0'),
  unread: db.prepare<[], { n: number }>('select count(*) as n from alert where read = 0'),
  prune: db.prepare<[number]>(
    `delete from alert where id not in
       (select id from alert order by (urgency = 'critical' and read = 0) desc, id desc limit ?)`,
  ),
  reach: db.prepare<[], { seq: number }>('select seq from alert_reach'),
  setReach: db.prepare<[number]>(
    'insert into alert_reach values (1, ?) on conflict (id) do update set seq = excluded.seq',
  ),
  addEgress: db.prepare(
    'insert into egress (at, channel, host, kind, outcome, tries) values (@at, @channel, @host, @kind, @outcome, @tries)',
  ),
  pruneEgress: db.prepare<[number]>(
    'delete from egress where id <= (select id from egress order by id desc limit 1 offset ?)',
  ),
  egress: db.prepare<[number], EgressRow>(
    'select at, channel, host, kind, outcome, tries from egress order by id desc limit ?',
  ),
});

// The rows were written from the type itself and lie in an authenticated file.
const toAlert = (row: AlertRow): Alert => ({
  ...row,
  at: unixMs(row.at),
  lastAt: unixMs(row.lastAt),
  read: row.read === 1,
});
