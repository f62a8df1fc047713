import { parseCsvNews } from './parse-csv.ts';
import { parseJsonNews } from './parse-json.ts';
import { parseXmlFeed } from './parse-xml.ts';
import type { NewsBounds, ParsedNews } from './types.ts';

/**
 * Reads a text of news, whatever it is: its first character says which kind, because sources mislabel what they send. Bounded in
 * characters, entries and depth. Never throws for what is in it.
 */
export function parseNews(given: string, bounds: NewsBounds): ParsedNews {
  if (given.length > bounds.characters) return { kind: 'fault', why: `more than ${bounds.characters} characters` };
  const text = given.replace(/^[\uFEFF\s]+/, '');
  if (text === '') return { kind: 'fault', why: 'nothing in it' };
  if (text.includes('\0')) return { kind: 'fault', why: 'no text' };
  if (text.startsWith('<')) return parseXmlFeed(text, bounds);
  if (text.startsWith('{') || text.startsWith('[')) return parseJsonNews(text, bounds);
  return parseCsvNews(text, bounds);
}
