import { parseFeed } from 'feedsmith';
import { type Entry, rawItems } from './raw-item.ts';
import type { NewsBounds, NewsFormat, ParsedNews } from './types.ts';

type Loose = Readonly<Record<string, unknown>>;

/** RSS, RDF or Atom. */
export function parseXmlFeed(text: string, bounds: NewsBounds): ParsedNews {
  const start = text.slice(0, 2_000).toLowerCase();
  if (/<!doctype\s+html|<html[\s>]/.test(start)) return fault('an HTML page instead of a feed');
  if (/<!entity/i.test(text)) return fault('a feed that declares entities of its own, which no feed needs');
  if (deeperThan(text, bounds.depth)) return fault(`markup nested deeper than ${bounds.depth}`);
  try {
    const { format, feed } = parseFeed(text, { maxItems: bounds.items + 1 });
    const loose = feed as Loose;
    const list = arrayOf(loose['items'] ?? loose['entries']);
    const language = loose['language'];
    const entries = list.slice(0, bounds.items).map((item) => entryOf(item, language));
    const left = Math.max(0, list.length - bounds.items);
    return { kind: 'items', format: format as NewsFormat, ...rawItems(entries), left };
  } catch {
    return fault('no RSS, RDF or Atom feed, or a broken one');
  }
}

const fault = (why: string): ParsedNews => ({ kind: 'fault', why });

const loose = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});
const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** Atom has texts with a type, RSS has them bare. */
const valueOf = (field: unknown): unknown => (typeof field === 'string' ? field : loose(field)['value']);

function entryOf(given: unknown, language: unknown): Entry {
  const item = loose(given);
  const links = arrayOf(item['links']).map(loose);
  const alternate = links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links[0];
  return {
    id: valueOf(item['guid']) ?? item['id'],
    title: valueOf(item['title']),
    body:
      valueOf(item['description']) ??
      valueOf(item['summary']) ??
      loose(item['content'])['encoded'] ??
      valueOf(item['content']),
    url: item['link'] ?? alternate?.['href'],
    // The first publication: an entry that is updated was not known in its new words before, but its id and words make it a new item.
    date:
      item['pubDate'] ??
      item['published'] ??
      item['updated'] ??
      arrayOf(loose(item['dc'])['dates'])[0] ??
      loose(item['dc'])['date'],
    language: loose(item['xml'])['lang'] ?? language,
  };
}

/** Counts open elements without reading them; comments and CDATA are skipped. */
function deeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (const [tag] of text.matchAll(/<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\/?[A-Za-z_][^<>]*>/g)) {
    if (tag.startsWith('<!')) continue;
    if (tag.startsWith('</')) depth = Math.max(0, depth - 1);
    else if (!tag.endsWith('/>') && ++depth > most) return true;
  }
  return false;
}
