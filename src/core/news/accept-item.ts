import { type Hash, type UnixMs, unixMs } from '../domain/ids.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import { assetsIn } from './assets.ts';
import { isAttack, textSigns } from './attack-signs.ts';
import { cleanText } from './clean-text.ts';
import { normalised } from './same-story.ts';
import type { NewsItem, NewsSign, RawNewsItem } from './types.ts';

/** Longest that is kept of a headline, a text and an address, in characters. */
export const LONGEST_TITLE = 300;
export const LONGEST_BODY = 4_000;
const LONGEST_URL = 2_000;
/** A clock of a publisher may be this far ahead of ours; a date beyond it is one that nobody can know. */
export const CLOCK_TOLERANCE_MS = 10 * 60_000;
/** So many invisible characters are no accident of a word processor. */
const INVISIBLE_SUSPICIOUS = 4;
/** Hidden words that are more than a label for a screen reader. */
const HIDDEN_WORDS = 5;
/** Nothing about cryptocurrencies was published before the first of them, nor will be after 2100:
 * 2009-01-01 and 2100-01-01 in UTC. */
const EARLIEST = 1_230_768_000_000;
const LATEST = 4_102_444_800_000;

export type Arrival = {
  readonly source: string;
  /** When it came to this machine. */
  readonly now: UnixMs;
  /** Imported history counts from its publication and this delay on, instead of from today. */
  readonly delayMs?: number;
};

/**
 * A source's entry made safe to keep: cleaned, dated, signed. Undefined when nothing readable is left of it. The same entry gives the
 * same id whenever it comes, so that it is kept once.
 */
export function acceptItem(digest: Digest, raw: RawNewsItem, arrival: Arrival): NewsItem | undefined {
  const title = cleanText(raw.title, LONGEST_TITLE);
  const body = cleanText(raw.body, LONGEST_BODY);
  const hidden = cleanText(raw.hidden.text, LONGEST_BODY);
  if (title.text === '' && body.text === '') return undefined;
  const imported = arrival.delayMs !== undefined;
  const publishedAt = knowable(raw.publishedAt);
  const retrievedAt =
    imported && publishedAt !== undefined ? unixMs(publishedAt + (arrival.delayMs ?? 0)) : arrival.now;
  const signs = new Set<NewsSign>([...textSigns(title.text), ...textSigns(body.text)]);
  const all = [title, body, hidden];
  const sum = (of: (part: (typeof all)[number]) => number): number => all.reduce((total, part) => total + of(part), 0);
  if (sum(({ tokens }) => tokens) > 0) signs.add('template_tokens');
  if (sum(({ tagCharacters }) => tagCharacters) > 0) signs.add('tag_characters');
  if (sum(({ bidi }) => bidi) > 0) signs.add('bidi_override');
  if (sum(({ invisible }) => invisible) >= INVISIBLE_SUSPICIOUS) signs.add('invisible_characters');
  if (title.cut + body.cut > 0) signs.add('cut');
  if (hidden.text.split(' ').length >= HIDDEN_WORDS) signs.add('hidden_text');
  if (isAttack(textSigns(hidden.text))) signs.add('hidden_instructions');
  if (publishedAt === undefined) signs.add('undated');
  else if (publishedAt > arrival.now + CLOCK_TOLERANCE_MS) signs.add('future_date');
  const listed = [...signs].toSorted();
  return {
    id: itemId(digest, arrival.source, raw, title.text, body.text, publishedAt),
    source: arrival.source,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    retrievedAt,
    imported,
    title: title.text,
    body: body.text,
    url: webAddress(raw.url),
    ...(raw.language === undefined ? {} : { language: cleanText(raw.language, 20).text }),
    assets: assetsIn(`${title.text} ${body.text}`),
    removed: {
      invisible: sum(({ invisible }) => invisible),
      tokens: sum(({ tokens }) => tokens),
      hidden: raw.hidden.parts,
      cut: title.cut + body.cut,
    },
    signs: listed,
    quarantined: isAttack(listed),
  };
}

const knowable = (moment: UnixMs | undefined): UnixMs | undefined =>
  moment === undefined || moment < EARLIEST || moment > LATEST ? undefined : moment;

/** The text and its date, whatever the source calls it: an id that comes back with other words is another item. */
function itemId(
  digest: Digest,
  source: string,
  raw: RawNewsItem,
  title: string,
  body: string,
  publishedAt: UnixMs | undefined,
): Hash {
  return hashOf(digest, 'news-item', {
    source,
    externalId: raw.externalId.slice(0, LONGEST_URL),
    text: normalised(`${title} ${body}`),
    publishedAt: publishedAt ?? null,
  });
}

/** Only an address that a browser may be sent to; anything else is left out. */
function webAddress(given: string): string {
  const { text } = cleanText(given, LONGEST_URL);
  return /^https?:\/\/[^\s"'<>]+$/i.test(text) ? text : '';
}
