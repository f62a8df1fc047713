import type { RawNewsItem } from '#core/news/types.ts';
import { htmlText } from './html-text.ts';
import { parseNewsDate } from './parse-date.ts';
import { type ItemFault, LONGEST_FIELD } from './types.ts';

/** One entry with its fields as texts, markup still in them. */
export type Entry = {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly body?: unknown;
  readonly url?: unknown;
  readonly date?: unknown;
  readonly language?: unknown;
};

const MOST_FAULTS = 50;

/** Entries as raw items; those that cannot be used are named, and the first faults are enough to see what is wrong. */
export function rawItems(
  entries: readonly Entry[],
  offset = 0,
): { readonly items: readonly RawNewsItem[]; readonly faults: readonly ItemFault[] } {
  const items: RawNewsItem[] = [];
  const faults: ItemFault[] = [];
  const fault = (index: number, why: string): void => {
    if (faults.length < MOST_FAULTS) faults.push({ index: index + offset, why });
  };
  entries.forEach((entry, index) => {
    const item = rawItem(entry);
    if (item.title.trim() === '' && item.body.trim() === '') return fault(index, 'neither headline nor text');
    if (item.dateFault !== undefined) fault(index, `undated: ${item.dateFault}`);
    items.push(item);
  });
  return { items, faults };
}

function rawItem(entry: Entry): RawNewsItem {
  const title = htmlText(textOf(entry.title));
  const body = htmlText(textOf(entry.body));
  const date = parseNewsDate(typeof entry.date === 'string' || typeof entry.date === 'number' ? entry.date : undefined);
  const language = textOf(entry.language).slice(0, 20);
  return {
    externalId: textOf(entry.id).slice(0, 500),
    title: title.text,
    body: body.text,
    url: textOf(entry.url).slice(0, 2_000),
    ...(date.kind === 'date' ? { publishedAt: date.at } : { dateFault: date.why }),
    ...(language === '' ? {} : { language }),
    hidden: { text: `${title.hidden} ${body.hidden}`.trim(), parts: title.hiddenParts + body.hiddenParts },
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, LONGEST_FIELD) : typeof value === 'number' ? String(value) : '';
