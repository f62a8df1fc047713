import { z } from 'zod';
import type { Json } from '../kernel/canonical-json.ts';
import type { Inference } from '../ports/inference.ts';
import { type ItemTone, type NewsItem, TONES } from './types.ts';

/** All that a model may say of an article: three labels. No word of the article and no number can come through. */
const articleRecord = z.strictObject({
  tone: z.enum(TONES),
  event: z.enum(['yes', 'no']),
  relevance: z.enum(['none', 'some', 'high']),
});
export type ArticleRecord = z.infer<typeof articleRecord>;

const SCHEMA = (() => {
  const { $schema: _, ...schema } = z.toJSONSchema(articleRecord);
  return JSON.parse(JSON.stringify(schema)) as Json;
})();

/** What a label is worth as a score; one that a model gives without a reason to believe it is no certainty. */
const STRENGTH = { none: 0, some: 0.35, high: 0.7 } as const;
const SIGN = { negative: -1, neutral: 0, positive: 1 } as const;
const MAX_TOKENS = 60;
/** Longest part of a text that is put to the model; what matters is said first. */
const LONGEST_TEXT = 1_200;

/**
 * Lets the chat model read one article, alone and fenced: no other article, nothing of the portfolio, no tool. Undefined when it is late,
 * fails, or answers anything but the three labels; then the next reader is asked.
 */
export async function readArticle(
  inference: Inference,
  system: string,
  item: NewsItem,
  seed: number,
  deadlineMs: number,
): Promise<ArticleRecord | undefined> {
  const text = `${item.title}\n${item.body}`.slice(0, LONGEST_TEXT);
  const reply = await inference.ask(
    // As a JSON text the article cannot close its own quotation.
    {
      system,
      user: `Article: ${JSON.stringify(text)}\nAnswer:`,
      schema: SCHEMA,
      seed,
      temperature: 0,
      maxTokens: MAX_TOKENS,
    },
    deadlineMs,
  );
  if (reply.kind !== 'answer') return undefined;
  try {
    const parsed = articleRecord.safeParse(JSON.parse(reply.text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The tone of an item as the model labelled it. Opinions count half. */
export const toneOfRecord = ({ tone, event, relevance }: ArticleRecord): Pick<ItemTone, 'tone' | 'score'> => ({
  tone,
  score: SIGN[tone] * STRENGTH[relevance] * (event === 'yes' ? 1 : 0.5) + 0,
});
