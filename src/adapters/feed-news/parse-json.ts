import { unixMs } from '#core/domain/ids.ts';
import { parseNewsDate } from './parse-date.ts';
import { type Entry, rawItems } from './raw-item.ts';
import type { ItemFault, NewsBounds, ParsedNews } from './types.ts';

type Loose = Readonly<Record<string, unknown>>;

const fault = (why: string): ParsedNews => ({ kind: 'fault', why });
const loose = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});

const DAY_MS = 86_400_000;

/** JSON Feed, lists of posts such as CryptoPanic's, and the Fear & Greed index. */
export function parseJsonNews(text: string, bounds: NewsBounds): ParsedNews {
  if (deeperThan(text, bounds.depth)) return fault(`JSON nested deeper than ${bounds.depth}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fault('broken JSON');
  }
  const top = loose(parsed);
  const list = listIn(parsed);
  if (list === undefined) return fault('JSON that is no feed: neither items, results, posts, articles nor data in it');
  if (list.length > 0 && list.every((entry) => isFearGreed(loose(entry)))) return fearGreed(list, bounds);
  const isFeed = typeof top['version'] === 'string' && top['version'].includes('jsonfeed.org');
  const entries = list.slice(0, bounds.items).map((entry) => entryOf(loose(entry), top['language']));
  return {
    kind: 'items',
    format: isFeed ? 'json feed' : 'posts json',
    ...rawItems(entries),
    left: Math.max(0, list.length - bounds.items),
  };
}

function listIn(parsed: unknown): readonly unknown[] | undefined {
  if (Array.isArray(parsed)) return parsed;
  const top = loose(parsed);
  for (const key of ['items', 'results', 'posts', 'articles', 'data', 'Data'])
    if (Array.isArray(top[key])) return top[key] as readonly unknown[];
  return undefined;
}

const entryOf = (item: Loose, language: unknown): Entry => ({
  id: item['id'] ?? item['guid'] ?? item['slug'],
  title: item['title'] ?? item['headline'],
  body:
    item['content_html'] ??
    item['content_text'] ??
    item['description'] ??
    item['summary'] ??
    item['body'] ??
    loose(item['content'])['clean'] ??
    item['text'],
  url: item['url'] ?? item['original_url'] ?? item['link'],
  date:
    item['date_published'] ??
    item['published_at'] ??
    item['publishedAt'] ??
    item['published_on'] ??
    item['created_at'] ??
    item['date'] ??
    item['timestamp'],
  language: item['language'] ?? item['lang'] ?? language,
});

const isFearGreed = (entry: Loose): boolean =>
  'value_classification' in entry && 'value' in entry && 'timestamp' in entry;

function fearGreed(list: readonly unknown[], bounds: NewsBounds): ParsedNews {
  return fearGreedDays(
    list.slice(0, bounds.items).map((given) => {
      const entry = loose(given);
      return { value: entry['value'], moment: entry['timestamp'] };
    }),
  );
}

/** Days of the index from texts or numbers; what is no day or no value from 0 to 100 is named. */
export function fearGreedDays(rows: readonly { readonly value: unknown; readonly moment: unknown }[]): ParsedNews {
  const faults: ItemFault[] = [];
  const days = new Map<number, number>();
  rows.forEach(({ value, moment }, index) => {
    const date = parseNewsDate(typeof moment === 'string' || typeof moment === 'number' ? moment : undefined);
    const number = typeof value === 'number' ? value : /^\d{1,3}$/.test(String(value)) ? Number(value) : Number.NaN;
    if (date.kind === 'none') faults.push({ index, why: date.why });
    else if (!(number >= 0 && number <= 100)) faults.push({ index, why: 'not a value from 0 to 100' });
    else days.set(Math.floor(date.at / DAY_MS) * DAY_MS, number);
  });
  const list = [...days].map(([day, value]) => ({ day: unixMs(day), value })).toSorted((a, b) => a.day - b.day);
  return { kind: 'fear_greed', days: list, faults: faults.slice(0, 50) };
}

/** Counts brackets outside of texts, so that a tower of them never reaches the parser. */
function deeperThan(text: string, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === 92) i++;
      else if (code === 34) inText = false;
    } else if (code === 34) inText = true;
    else if (code === 91 || code === 123) {
      if (++depth > most) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}
