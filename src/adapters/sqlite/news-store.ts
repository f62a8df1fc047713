import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { type ItemTone, knownAt, type NewsItem, type ReadItem } from '#core/news/types.ts';
import type { NewsCounts, NewsStore, StoredItem, StoredSource } from '#core/ports/news-store.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

type ItemRow = { readonly item: string; readonly tone: string };
type FullRow = ItemRow & { readonly model: string | null; readonly vector: Buffer | null };
type SourceRow = {
  readonly name: string;
  readonly url: string | null;
  readonly owner: string;
  readonly weight: number;
  readonly addedAt: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly fetchedAt: number | null;
  readonly fault: string | null;
  readonly items: number;
};

/** News in the market database: candles and news can both be fetched again, unlike the journal. */
export function createNewsStore(db: Db, path: string): NewsStore {
  const sql = statements(db);
  const putItems = db.transaction((items: readonly StoredItem[]) => {
    let added = 0;
    for (const { item, tone, vector } of items)
      added += sql.addItem.run(
        item.id,
        item.source,
        knownAt(item) ?? null,
        item.quarantined ? 1 : 0,
        canonicalJson(item),
        canonicalJson(tone),
        vector?.model ?? null,
        vector === undefined ? null : packed(vector.values),
      ).changes;
    return { added, known: items.length - added };
  });
  return {
    sources: () => guarded(path, () => sql.sources.all().map(toSource)),
    putSource(source, at) {
      guarded(path, () => sql.putSource.run(source.name, source.url ?? null, source.owner, source.weight, at));
    },
    removeSource: (name) => guarded(path, () => sql.removeSource.run(name).changes > 0),
    noteFetch(name, { at, etag, lastModified, fault }) {
      guarded(path, () => sql.noteFetch.run(at, etag ?? null, lastModified ?? null, fault ?? null, name));
    },
    putItems: (items) => guarded(path, () => putItems.immediate(items)),
    has: (id) => guarded(path, () => sql.has.get(id) !== undefined),
    known: (after, until) => guarded(path, () => sql.known.all(after, until).map(toStored)),
    newest: (limit) => guarded(path, () => sql.newest.all(limit).map(toRead)),
    counts: () => guarded(path, () => sql.counts.get() ?? { items: 0, quarantined: 0, undated: 0 }),
    putFearGreed: (days) =>
      guarded(path, () =>
        db
          .transaction(() => {
            let added = 0;
            for (const { day, value, retrievedAt } of days) added += sql.addDay.run(day, value, retrievedAt).changes;
            return { added, known: days.length - added };
          })
          .immediate(),
      ),
    fearGreed: () =>
      guarded(path, () =>
        sql.days
          .all()
          .map(({ day, value, retrievedAt }) => ({ day: unixMs(day), value, retrievedAt: unixMs(retrievedAt) })),
      ),
  };
}

const statements = (db: Db) => ({
  sources: db.prepare<[], SourceRow>(
    `select name, url, owner, weight, added_at as addedAt, etag, last_modified as lastModified,
            fetched_at as fetchedAt, fault,
            (select count(*) from news_item where source = name) as items
       from news_source order by name`,
  ),
  putSource: db.prepare<[string, string | null, string, number, UnixMs]>(
    `insert into news_source (name, url, owner, weight, added_at) values (?, ?, ?, ?, ?)
       on conflict (name) do update set url = excluded.url, owner = excluded.owner, weight = excluded.weight,
         etag = null, last_modified = null, fault = null`,
  ),
  removeSource: db.prepare<[string]>('delete from news_source where name = ?'),
  noteFetch: db.prepare<[UnixMs, string | null, string | null, string | null, string]>(
    'update news_source set fetched_at = ?, etag = coalesce(?, etag), last_modified = coalesce(?, last_modified), fault = ? where name = ?',
  ),
  addItem: db.prepare<[string, string, number | null, number, string, string, string | null, Buffer | null]>(
    `insert into news_item (id, source, known_at, quarantined, item, tone, model, vector)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
  ),
  has: db.prepare<[string], { seq: number }>('select seq from news_item where id = ?'),
  known: db.prepare<[UnixMs, UnixMs], FullRow>(
    'select item, tone, model, vector from news_item where known_at > ? and known_at <= ? order by known_at, id',
  ),
  newest: db.prepare<[number], ItemRow>('select item, tone from news_item order by seq desc limit ?'),
  counts: db.prepare<[], NewsCounts>(
    'select count(*) as items, coalesce(sum(quarantined), 0) as quarantined, count(*) - count(known_at) as undated from news_item',
  ),
  addDay: db.prepare<[UnixMs, number, UnixMs]>(
    'insert into fear_greed (day, value, retrieved_at) values (?, ?, ?) on conflict (day) do nothing',
  ),
  days: db.prepare<[], { day: number; value: number; retrievedAt: number }>(
    'select day, value, retrieved_at as retrievedAt from fear_greed order by day',
  ),
});

// Both were written from the types themselves and lie in an authenticated file.
const toRead = ({ item, tone }: ItemRow): ReadItem => ({
  item: JSON.parse(item) as NewsItem,
  tone: JSON.parse(tone) as ItemTone,
});

const toStored = (row: FullRow): StoredItem => ({
  ...toRead(row),
  ...(row.vector === null || row.model === null ? {} : { vector: { values: unpacked(row.vector), model: row.model } }),
});

const toSource = (row: SourceRow): StoredSource => ({
  name: row.name,
  owner: row.owner,
  weight: row.weight,
  addedAt: unixMs(row.addedAt),
  items: row.items,
  ...(row.url === null ? {} : { url: row.url }),
  ...(row.etag === null ? {} : { etag: row.etag }),
  ...(row.lastModified === null ? {} : { lastModified: row.lastModified }),
  ...(row.fetchedAt === null ? {} : { fetchedAt: unixMs(row.fetchedAt) }),
  ...(row.fault === null ? {} : { fault: row.fault }),
});

const WIDTH = 4;

function packed(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * WIDTH);
  values.forEach((value, index) => void bytes.writeFloatLE(value, index * WIDTH));
  return bytes;
}

const unpacked = (bytes: Buffer): Float32Array =>
  Float32Array.from({ length: bytes.length / WIDTH }, (_, index) => bytes.readFloatLE(index * WIDTH));
