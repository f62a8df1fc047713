import { BlockList, isIP } from 'node:net';
import { sha256 } from '#adapters/digest/sha256.ts';
import { readTextFile } from '#adapters/feed-file/read-text-file.ts';
import { type FetchBounds, type FetchLike, fetchSource } from '#adapters/feed-news/fetch-source.ts';
import { parseNews } from '#adapters/feed-news/parse-news.ts';
import { FEED_BOUNDS, FILE_BOUNDS, type ParsedNews } from '#adapters/feed-news/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { type Arrival, acceptItem } from '#core/news/accept-item.ts';
import { type ItemReaders, readersText, readItems } from '#core/news/read-items.ts';
import type { NewsSource, ReadItem } from '#core/news/types.ts';
import type { NewsStore, StoredSource } from '#core/ports/news-store.ts';
import type { NewsIntake } from '#shared/contract/news.ts';

export type NewsDeskOptions = {
  readonly store: NewsStore;
  /** Asked at each intake: what is installed may change. */
  readonly readers: () => Promise<ItemReaders>;
  readonly fetchLike: FetchLike;
  /** Why nothing may be fetched; undefined when it may. */
  readonly offline: () => string | undefined;
  readonly now: () => number;
  readonly bounds?: FetchBounds;
};

/** Where news is gathered. Nothing leaves this machine but by `fetch`. */
export type NewsDesk = {
  add(name: string, url: string, weight: number): StoredSource;
  remove(name: string): void;
  /** Every source with an address, or one. A source that fails says why and holds up no other. */
  fetch(name: string | undefined): Promise<readonly NewsIntake[]>;
  import(file: {
    readonly path: string;
    readonly name: string;
    readonly weight: number;
    readonly delayMs: number;
  }): Promise<NewsIntake>;
};

/** Items that are read and stored at once; the engine goes on between two of these. */
const BATCH = 500;
const DAY_MS = 86_400_000;
const LEAVES_NOTHING = { items: 0, added: 0, known: 0, undated: 0, quarantined: 0, faults: [], left: 0, days: 0 };

export function createNewsDesk({ store, readers, fetchLike, offline, now, bounds }: NewsDeskOptions): NewsDesk {
  const sourceOf = (name: string): StoredSource => {
    const found = store.sources().find((source) => source.name === name);
    if (found !== undefined) return found;
    throw new Fault('not_found', `no news source is called ${name}`, 'see mt news ls');
  };

  async function take(source: string, parsed: ParsedNews, arrival: Omit<Arrival, 'source'>): Promise<NewsIntake> {
    const base = { source, format: null, readBy: null, why: null };
    if (parsed.kind === 'fault') return { ...base, ...LEAVES_NOTHING, outcome: 'fault', why: parsed.why };
    const faults = parsed.faults.slice(0, 50).map(({ index, why }) => ({ index, why: why.slice(0, 400) }));
    if (parsed.kind === 'fear_greed') {
      const days = parsed.days.map((day) => ({
        ...day,
        // History is as if it had been known when its day was over.
        retrievedAt: arrival.delayMs === undefined ? arrival.now : unixMs(day.day + DAY_MS),
      }));
      const { added, known } = store.putFearGreed(days);
      return {
        ...base,
        ...LEAVES_NOTHING,
        outcome: 'read',
        format: 'fear & greed',
        added,
        known,
        days: days.length,
        faults,
      };
    }
    const items = parsed.items.flatMap((raw) => acceptItem(sha256, raw, { ...arrival, source }) ?? []);
    const fresh = items.filter(({ id }) => !store.has(id));
    const total = { added: 0, known: items.length - fresh.length };
    const read: ReadItem[] = [];
    const notes: string[] = [];
    const who = await readers();
    for (let at = 0; at < fresh.length; at += BATCH) {
      const batch = await readItems(fresh.slice(at, at + BATCH), who);
      const done = store.putItems(batch.items);
      total.added += done.added;
      total.known += done.known;
      // Without the vectors, which for a long history would not fit.
      read.push(...batch.items.map(({ item, tone }) => ({ item, tone })));
      notes.push(...batch.notes);
    }
    return {
      ...base,
      outcome: 'read',
      format: parsed.format,
      items: items.length,
      ...total,
      undated: items.filter(({ publishedAt }) => publishedAt === undefined).length,
      quarantined: items.filter(({ quarantined }) => quarantined).length,
      faults,
      left: parsed.left,
      days: 0,
      readBy: fresh.length === 0 ? null : readersText(read, notes).slice(0, 200),
    };
  }

  async function fetchOne(source: StoredSource): Promise<NewsIntake> {
    const { name, url, etag, lastModified } = source;
    const at = unixMs(now());
    const base = { source: name, format: null, readBy: null, why: null, ...LEAVES_NOTHING };
    const failed = (why: string): NewsIntake => {
      const fault = why.slice(0, 400);
      store.noteFetch(name, { at, fault });
      return { ...base, outcome: 'fault', why: fault };
    };
    if (url === undefined) return { ...base, outcome: 'fault', why: 'it has no address: it is imported from files' };
    const validators = {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
    const fetched = await fetchSource(fetchLike, url, validators, bounds);
    if (fetched.kind === 'fault') return failed(fetched.why);
    if (fetched.kind === 'unchanged') {
      store.noteFetch(name, { at });
      return { ...base, outcome: 'unchanged' };
    }
    const intake = await take(name, parseNews(fetched.text, FEED_BOUNDS), { now: unixMs(now()) });
    if (intake.outcome === 'fault') return failed(intake.why ?? 'it could not be read');
    // Only what was read whole may be left out the next time.
    store.noteFetch(name, { at, ...fetched.validators });
    return intake;
  }

  return {
    add(name, url, weight) {
      const source: NewsSource = { name, url: webAddress(url), owner: ownerOf(url), weight };
      const before = store.sources().find((known) => known.name === name);
      if (before !== undefined && before.url !== source.url)
        throw new Fault(
          'refused',
          `another source is called ${name} already (${before.url ?? 'imported from files'}), and its items would become those of this one`,
          `choose another name, or let go of that one first: mt news rm ${name}`,
        );
      store.putSource(source, unixMs(now()));
      return sourceOf(name);
    },
    remove(name) {
      if (!store.removeSource(name)) sourceOf(name);
    },
    async fetch(name) {
      const why = offline();
      if (why !== undefined)
        throw new Fault(
          'refused',
          `news are not fetched: ${why}`,
          'import them from a file: mt news import FILE --name NAME',
        );
      const sources = name === undefined ? store.sources().filter(({ url }) => url !== undefined) : [sourceOf(name)];
      if (sources.length === 0)
        throw new Fault(
          'not_found',
          'no source with an address is followed',
          'follow one: mt news add URL --name NAME',
        );
      const intakes: NewsIntake[] = [];
      for (const source of sources) intakes.push(await fetchOne(source));
      return intakes;
    },
    async import({ path, name, weight, delayMs }) {
      const parsed = parseNews(readTextFile(path), FILE_BOUNDS);
      if (parsed.kind === 'fault')
        throw new Fault(
          'bad_data',
          `${path} holds no news: ${parsed.why}`,
          'give RSS, Atom, JSON, or CSV with the columns date and title or text',
        );
      const known = store.sources().find((source) => source.name === name);
      if (known?.url !== undefined)
        throw new Fault(
          'refused',
          `${name} is a source with an address (${known.url}), and the file's items would become its items`,
          'choose another --name for the file',
        );
      if (known === undefined && parsed.kind === 'items') store.putSource({ name, owner: name, weight }, unixMs(now()));
      return take(name, parsed, { now: unixMs(now()), delayMs });
    },
  };
}

/** Throws Fault `usage` for what a feed must not be called by. */
function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Fault('usage', `${text.slice(0, 100)} is no web address`, 'write it as https://example.org/feed');
  if (url.username !== '' || url.password !== '')
    throw new Fault(
      'usage',
      'the address holds a name or a password, which would lie readable in every list',
      'use an address without them',
    );
  if (isForThisLinkAlone(url.hostname))
    throw new Fault(
      'usage',
      `${url.hostname} is an address of this machine's own network equipment, where no news come from`,
      'give the address of a site',
    );
  return url.href;
}

/** Where clouds keep the credentials of a machine, and what no host has: never asked, in whatever spelling. */
const LINK_ALONE = new BlockList();
LINK_ALONE.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_ALONE.addSubnet('0.0.0.0', 8, 'ipv4');
LINK_ALONE.addSubnet('224.0.0.0', 3, 'ipv4');
LINK_ALONE.addSubnet('fe80::', 10, 'ipv6');
LINK_ALONE.addSubnet('ff00::', 8, 'ipv6');
LINK_ALONE.addAddress('::', 'ipv6');

/** `hostname` as a URL has it: numbers are dotted by then, however they were written. */
function isForThisLinkAlone(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  return family !== 0 && LINK_ALONE.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** The house that speaks: the last two labels of a name, the whole of a number. */
function ownerOf(url: string): string {
  const { hostname } = new URL(url);
  return /^[\d.]+$|:/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
}
