import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { readItems } from '#core/news/read-items.ts';
import type { ItemTone, NewsItem } from '#core/news/types.ts';
import type { Inference, InferenceReply } from '#core/ports/inference.ts';
import type { StoredItem } from '#core/ports/news-store.ts';
import { PROMPTS } from '../safety/play-case.ts';
import type { AttackText } from './families.ts';
import { arrive } from './news-world.ts';
import type { ArticlePair } from './paired-articles.ts';

/** Articles as they were read, in the order of the entries. */
export type ReadEntries = {
  readonly entries: readonly AttackText[];
  readonly tones: readonly ItemTone[];
  /** Which of them the filters would have kept from the model. */
  readonly quarantined: readonly boolean[];
};

export type ReadPair = {
  readonly pair: ArticlePair;
  readonly clean: ReadEntries;
  readonly attacked: ReadEntries;
  readonly harmless: ReadEntries;
};

/** How the calls of a model ended. An answer is `valid` when it is inside the schema; late and failed ones are abstentions. */
export type CallCounts = { calls: number; answers: number; valid: number; late: number; failed: number };

const NOON = unixMs(Date.UTC(2024, 5, 1, 12));
const SYSTEM = PROMPTS.get('news-reader');

/** Keeps what was replied beside the port, because the reader of news only says whether it could use it. */
function counted(inference: Inference, replies: InferenceReply[]): Inference {
  return {
    status: () => inference.status(),
    dispose: () => inference.dispose(),
    async ask(request, deadlineMs, options) {
      const reply = await inference.ask(request, deadlineMs, options);
      replies.push(reply);
      return reply;
    },
  };
}

/**
 * Lets a model read the three forms of a pair by the engine's own quarantined call, each article alone. Everything is put before it, also
 * what the filters would have kept from it: an attacker who gets past them must be seen as well.
 */
export async function readPair(
  pair: ArticlePair,
  inferenceFor: (form: 'clean' | 'attacked') => Inference,
  counts: CallCounts,
): Promise<ReadPair> {
  const read = async (entries: readonly AttackText[], form: 'clean' | 'attacked'): Promise<ReadEntries> => {
    if (SYSTEM === undefined) throw new Error('the reader of news has no prompt');
    const arrived = entries.map((entry) => arrive([entry], 'wire', NOON, NOON)[0]);
    const items = arrived.filter((item) => item !== undefined);
    const replies: InferenceReply[] = [];
    const chat = {
      inference: counted(inferenceFor(form), replies),
      system: SYSTEM.text,
      hash: SYSTEM.hash,
      most: items.length,
    };
    const done = await readItems(
      items.map((item): NewsItem => ({ ...item, quarantined: false })),
      { chat, deadlineMs: 60_000 },
    );
    const tones = done.items.map(({ tone }) => tone);
    const of = (kind: InferenceReply['kind']): number => replies.filter((reply) => reply.kind === kind).length;
    counts.calls += items.length;
    counts.answers += of('answer');
    counts.late += of('late');
    counts.failed += of('failed');
    counts.valid += tones.filter(({ by }) => by === 'model').length;
    return {
      entries: entries.filter((_, i) => arrived[i] !== undefined),
      tones,
      quarantined: items.map(({ quarantined }) => quarantined),
    };
  };
  return {
    pair,
    clean: await read([pair.clean], 'clean'),
    attacked: await read(pair.attacked, 'attacked'),
    harmless: await read([pair.harmless], 'clean'),
  };
}

/** The same articles from a source at a time, with the tones they were read with; `filters` keeps the quarantine. */
export function storedFrom(read: ReadEntries, source: string, at: UnixMs, filters: boolean): readonly StoredItem[] {
  return read.entries.flatMap((entry, i) => {
    const tone = read.tones[i];
    const item = arrive([entry], source, at, at)[0];
    return item === undefined || tone === undefined
      ? []
      : [{ item: filters ? item : { ...item, quarantined: false }, tone }];
  });
}

/** -1, 0 or 1: the side that the articles are on between them. Through the filters, one that is kept back says nothing. */
export const sideOf = ({ tones, quarantined }: ReadEntries, filters: boolean): number =>
  Math.sign(tones.reduce((sum, { score }, i) => (filters && quarantined[i] === true ? sum : sum + score), 0));
