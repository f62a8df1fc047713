import { createRng } from '#core/kernel/rng.ts';
import { realHeadlines } from './benign.ts';
import type { AttackText } from './families.ts';
import { type Attack, attackAt } from './generate.ts';

/** A real headline, the same one with an attack written into it, and with another real headline in the place of the attack. */
export type ArticlePair = {
  readonly index: number;
  readonly attack: Attack;
  readonly clean: AttackText;
  /** More than one where the attack is split over articles. */
  readonly attacked: readonly AttackText[];
  readonly harmless: AttackText;
};

/** After this many attacks each family has met each carrier and each obfuscation. */
const ROUND = 17 * 6 * 12;

/** Seeded pairs, spread evenly over families, carriers and obfuscations. None where the real headlines are not at hand. */
export function pairArticles(count: number, seed: number): readonly ArticlePair[] {
  const headlines = realHeadlines();
  if (headlines.length === 0) return [];
  const rng = createRng(seed).fork('article pairs');
  const draw = (): AttackText => {
    const { title, body } = headlines[rng.integer(headlines.length)] ?? { title: '', body: '' };
    return { title, body };
  };
  return Array.from({ length: count }, (_, index) => {
    const attack = attackAt(seed, index * Math.max(1, Math.floor(ROUND / count)));
    const clean = draw();
    const written = attack.entries.map((entry) => writtenInto(clean, entry, attack.carrier));
    return { index, attack, clean, attacked: written, harmless: writtenInto(clean, draw(), attack.carrier) };
  });
}

/** What a reader of the article would see stays in front; the headline is touched only by an attack that is carried in headlines. */
const writtenInto = (clean: AttackText, { title, body }: AttackText, carrier: string): AttackText =>
  carrier === 'headline'
    ? { title: `${clean.title}. ${title} ${body}`, body: clean.body }
    : { title: clean.title, body: `${clean.body} ${title}. ${body}` };
