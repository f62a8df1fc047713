import { csvRows } from './csv-rows.ts';
import { fearGreedDays } from './parse-json.ts';
import { rawItems } from './raw-item.ts';
import { LONGEST_FIELD, type NewsBounds, type ParsedNews } from './types.ts';

/** Names that a column may have, by what it is. */
const COLUMNS = {
  date: ['published', 'published_at', 'publishedat', 'date', 'datetime', 'time', 'timestamp', 'pubdate'],
  title: ['title', 'headline'],
  body: ['text', 'body', 'content', 'summary', 'description'],
  url: ['url', 'link'],
  id: ['id', 'guid'],
  language: ['language', 'lang'],
} as const;
type Column = keyof typeof COLUMNS;

/** A CSV with a header: news with a date and a headline or text, or Fear & Greed with `timestamp,value,classification`. */
export function parseCsvNews(text: string, bounds: NewsBounds): ParsedNews {
  const { rows, cut, broken } = csvRows(text, bounds.items + 1, LONGEST_FIELD);
  const header = rows[0]?.map((name) => name.trim().toLowerCase());
  if (header === undefined) return { kind: 'fault', why: 'an empty file' };
  const at = (name: Column): number =>
    header.findIndex((column) => (COLUMNS[name] as readonly string[]).includes(column));
  const places = {
    date: at('date'),
    title: at('title'),
    body: at('body'),
    url: at('url'),
    id: at('id'),
    language: at('language'),
  };
  const value = header.indexOf('value');
  if (value >= 0 && places.date >= 0 && places.title < 0 && places.body < 0)
    return fearGreedDays(rows.slice(1).map((row) => ({ value: row[value], moment: row[places.date] })));
  if (places.title < 0 && places.body < 0)
    return { kind: 'fault', why: 'a CSV without a column title, headline, text or body in its first line' };
  // A single column of text is a headline.
  const titleAt = places.title >= 0 ? places.title : places.body;
  const bodyAt = places.title >= 0 ? places.body : -1;
  const entries = rows.slice(1).map((row) => ({
    id: row[places.id],
    title: row[titleAt],
    body: row[bodyAt],
    url: row[places.url],
    date: row[places.date],
    language: row[places.language],
  }));
  const read = rawItems(entries);
  const faults = broken
    ? [...read.faults, { index: entries.length - 1, why: 'a quote that is never closed: the file ends inside it' }]
    : read.faults;
  return { kind: 'items', format: 'csv', items: read.items, faults, left: cut ? 1 : 0 };
}
