import type { Hash, UnixMs } from '../domain/ids.ts';

export type NewsRisk = 'low' | 'medium' | 'high';

/**
 * What the news said up to a moment: made only of items that were published and retrieved at or before it. An item without a date is in
 * none. Text never travels with it, so that nothing that somebody wrote can reach a decision.
 */
export type NewsReading = {
  readonly asOf: UnixMs;
  /** Items that count, and how many sources they come from. */
  readonly items: number;
  readonly sources: number;
  /** Mean tone of the items, newer and weightier sources first; -1 to 1, 0 when there are none. */
  readonly sentiment: number;
  /** `sentiment` less that of the day before; -2 to 2. */
  readonly change: number;
  readonly risk: NewsRisk;
  /** The newest event that at least two independent sources told of; undefined when there is none. */
  readonly event?: { readonly tone: 'good' | 'bad'; readonly publishedAt: UnixMs; readonly sources: number };
  /** Fear & Greed of the last completed day, 0 to 100. */
  readonly fearGreed?: number;
  /** True while so many items look tampered with that no good word of this day counts; see `anomaly.ts`. */
  readonly silenced?: true;
  /** Over the items and the way they were read. */
  readonly hash: Hash;
};

/** Readings of one market's news; the same moment gives the same reading. */
export interface NewsReader {
  at(asOf: UnixMs): NewsReading;
}

export type TracedReading = { readonly reading: NewsReading; readonly items: readonly string[] };

/** A reader that can say what a reading was made of. */
export interface TracedNewsReader extends NewsReader {
  /** The reading of a moment, and the marks of the items that it counts, see `itemMark`, in their order. */
  traced(asOf: UnixMs): TracedReading;
}

/** What names an item in the record of a run: the first 16 digits of its id, which no two of many millions share. */
export const itemMark = (id: Hash): string => id.slice(0, 16);

/** What a text says about a price. */
export const TONES = ['negative', 'neutral', 'positive'] as const;
export type Tone = (typeof TONES)[number];

/** One entry as a source gave it, markup already taken out. Everything in it is somebody else's words. */
export type RawNewsItem = {
  /** The source's own id, or nothing. */
  readonly externalId: string;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly publishedAt?: UnixMs;
  /** Why there is no date, when there is none. */
  readonly dateFault?: string;
  readonly language?: string;
  /** Words that a reader of the page would not have seen, and the markup that was taken out. */
  readonly hidden: { readonly text: string; readonly parts: number };
};

/** What was taken out of a text before anybody read it. */
export type RemovedParts = {
  /** Zero-width, bidirectional, tag and other characters that nobody sees. */
  readonly invisible: number;
  /** Tokens by which chat models tell who speaks. */
  readonly tokens: number;
  /** Parts of a page that it hides. */
  readonly hidden: number;
  /** Characters beyond the longest that is read. */
  readonly cut: number;
};

/** Each of these alone puts an item in quarantine: kept and shown, never counted. */
export const ATTACK_SIGNS = [
  'instructions',
  'template_tokens',
  'smuggled_record',
  'tag_characters',
  'bidi_override',
  'mixed_script',
  'lookalike_ticker',
  'encoded_text',
  'spaced_letters',
  'hidden_instructions',
  'future_date',
] as const;

/** Signs on an item. */
export const NEWS_SIGNS = [
  ...ATTACK_SIGNS,
  'undated',
  'hidden_text',
  'invisible_characters',
  'cut',
  'not_english',
] as const;
export type NewsSign = (typeof NEWS_SIGNS)[number];

/** A source that the master follows. */
export type NewsSource = {
  readonly name: string;
  /** Where it is fetched from; undefined for what is only imported from files. */
  readonly url?: string;
  /** Two sources are independent when their owners differ: the last two labels of the host, or the name where there is no address. */
  readonly owner: string;
  /** 0 to 1; what its word counts beside others. */
  readonly weight: number;
};

/** A cleaned item. `title` and `body` are plain text, safe to show as text. */
export type NewsItem = {
  readonly id: Hash;
  readonly source: string;
  readonly publishedAt?: UnixMs;
  /** When it came to this machine; for imported history the publication and the delay that the master stated. */
  readonly retrievedAt: UnixMs;
  readonly imported: boolean;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly language?: string;
  /** Tickers of the known coins that it names; none means that it is about the market at large. */
  readonly assets: readonly string[];
  readonly removed: RemovedParts;
  readonly signs: readonly NewsSign[];
  readonly quarantined: boolean;
};

/** A word that moved a reading, with what it added and what turned it round. */
export type DrivingWord = { readonly word: string; readonly score: number; readonly turnedBy?: string };

/** Who read an item: the words, the master's trained classifier, or the chat model with this article alone. */
export type ItemReader = 'lexicon' | 'classifier' | 'model';

/** How an item was read. */
export type ItemTone = {
  readonly tone: Tone;
  /** -1 to 1. */
  readonly score: number;
  readonly by: ItemReader;
  /** Which one: a version, or the hash of the weights or the model. */
  readonly reader: string;
  /** Of the lexicon, whoever read it in the end. */
  readonly driving: readonly DrivingWord[];
};

export type ReadItem = { readonly item: NewsItem; readonly tone: ItemTone };

/** What an embedding model made of a text. Vectors of two models say nothing about each other. */
export type NewsVector = { readonly values: Float32Array; readonly model: string };

/** One day of the Fear & Greed index. `day` is 00:00 UTC of the day that it describes. */
export type FearGreedDay = { readonly day: UnixMs; readonly value: number; readonly retrievedAt: UnixMs };

/** The moment from which an item counts: when it was both published and here. Undefined without a date: then it never counts. */
export const knownAt = ({ publishedAt, retrievedAt }: NewsItem): UnixMs | undefined =>
  publishedAt === undefined ? undefined : publishedAt > retrievedAt ? publishedAt : retrievedAt;
