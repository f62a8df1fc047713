import type { Embedder } from '../ports/embedding.ts';
import type { Inference } from '../ports/inference.ts';
import type { StoredItem } from '../ports/news-store.ts';
import { readArticle, toneOfRecord } from './article-record.ts';
import { readByLexicon } from './lexicon.ts';
import type { SoftmaxWeights } from './softmax.ts';
import { readByWeights } from './train-sentiment.ts';
import type { ItemTone, NewsItem, ReadItem } from './types.ts';

/** Which words the lexicon has; a change of them is another reader. */
export const LEXICON_VERSION = 'lexicon 1';

/** Who may read, best first: the chat model, the trained classifier, the words. All but the words may be absent. */
export type ItemReaders = {
  readonly chat?: {
    readonly inference: Inference;
    readonly system: string;
    readonly hash: string;
    readonly most: number;
  };
  readonly embedder?: Embedder;
  /** Trained on vectors of the embedding model with this hash. */
  readonly classifier?: { readonly weights: SoftmaxWeights; readonly hash: string; readonly modelHash: string };
  /** For all of it. */
  readonly deadlineMs: number;
};

export type ReadItems = {
  readonly items: readonly StoredItem[];
  /** Why somebody better did not read, in words. */
  readonly notes: readonly string[];
};

const ARTICLE_MS = 5_000;

/**
 * Reads cleaned items, each alone. Items in quarantine are read by the words only: nothing else is shown what looks like an attack. Whoever
 * is late or fails is replaced by the next, item by item, and each item says who read it.
 */
export async function readItems(items: readonly NewsItem[], readers: ItemReaders): Promise<ReadItems> {
  const notes: string[] = [];
  const vectors = await embed(items, readers, notes);
  const read: StoredItem[] = [];
  let asked = 0;
  for (const [index, item] of items.entries()) {
    const vector = vectors?.values[index];
    const tone = (await byChat(item)) ?? byClassifier(vector) ?? {};
    read.push({
      item,
      tone: { ...byWords(item), ...tone },
      ...(vector === undefined || vectors === undefined ? {} : { vector: { values: vector, model: vectors.model } }),
    });
  }
  return { items: read, notes };

  async function byChat(item: NewsItem): Promise<Partial<ItemTone> | undefined> {
    const { chat } = readers;
    if (chat === undefined || item.quarantined || asked >= chat.most) return undefined;
    asked += 1;
    const record = await readArticle(chat.inference, chat.system, item, 1, ARTICLE_MS);
    return record && { ...toneOfRecord(record), by: 'model', reader: chat.hash };
  }

  function byClassifier(vector: Float32Array | undefined): Partial<ItemTone> | undefined {
    const { classifier } = readers;
    if (vector === undefined || classifier === undefined || classifier.modelHash !== vectors?.model) return undefined;
    return { ...readByWeights(classifier.weights, vector), by: 'classifier', reader: classifier.hash };
  }
}

/** Who read how many, and why nobody better did: `12 by the lexicon; the embedding model did not read: ...`. */
export function readersText(items: readonly ReadItem[], notes: readonly string[]): string {
  const counts = (['model', 'classifier', 'lexicon'] as const).flatMap((by) => {
    const count = items.filter(({ tone }) => tone.by === by).length;
    return count === 0 ? [] : [`${count} by the ${by}`];
  });
  return [counts.join(', ') || 'nothing to read', ...new Set(notes)].join('; ');
}

/** What the words of an item say: the reading that needs nothing installed. */
export function byWords({ title, body }: NewsItem): ItemTone {
  const { tone, score, driving } = readByLexicon(`${title}. ${body}`);
  return { tone, score, by: 'lexicon', reader: LEXICON_VERSION, driving };
}

type Vectors = { readonly values: readonly Float32Array[]; readonly model: string };

async function embed(items: readonly NewsItem[], readers: ItemReaders, notes: string[]): Promise<Vectors | undefined> {
  const { embedder } = readers;
  if (embedder === undefined || items.length === 0) return undefined;
  const reply = await embedder.embed(
    items.map(({ title, body }) => (/\p{L}/u.test(title) ? title : body) || 'nothing'),
    readers.deadlineMs,
  );
  const status = embedder.status();
  if (reply.kind === 'vectors' && status.kind === 'ready') return { values: reply.vectors, model: status.hash };
  notes.push(`the embedding model did not read: ${reply.kind === 'vectors' ? 'it is gone' : reply.why}`);
  return undefined;
}
