import { createRng } from '#core/kernel/rng.ts';
import { CARRIERS } from './carriers.ts';
import { type Aim, ATTACK_FAMILIES, type AttackText } from './families.ts';
import { OBFUSCATIONS } from './obfuscations.ts';

export type Attack = {
  readonly family: string;
  readonly heldOut: boolean;
  readonly carrier: string;
  readonly obfuscation: string;
  readonly aim: Aim;
  /** Entries of a feed, headline and body as they are sent. */
  readonly entries: readonly AttackText[];
};

/** What stands visibly in an entry whose attack is hidden. */
const COVERS: readonly AttackText[] = [
  { title: 'Bitcoin trades sideways before the holidays', body: 'Volumes were thin.' },
  { title: 'Developers publish notes of their weekly call', body: 'The next release is planned for spring.' },
  { title: 'A look back at the week in crypto', body: 'Five stories that readers liked.' },
];

/** Attack number `index` of a seed: families, carriers and obfuscations in turn, so that each meets each; the rest by chance. */
export function attackAt(seed: number, index: number): Attack {
  const rng = createRng(seed).fork(`attack ${index}`);
  const at = <T>(list: readonly T[], turn: number): T => list[turn % list.length] as T;
  const family = at(ATTACK_FAMILIES, index);
  const carrier = at(CARRIERS, Math.floor(index / ATTACK_FAMILIES.length));
  const obfuscation = at(OBFUSCATIONS, Math.floor(index / (ATTACK_FAMILIES.length * CARRIERS.length)));
  const aim: Aim = rng.next() < 0.75 ? 'good' : 'bad';
  const entries = family.write(rng, aim).map(({ title, body }) => {
    const hidden = {
      title: obfuscation.name === 'plain' ? title : obfuscation.apply(title, rng),
      body: obfuscation.apply(body, rng),
    };
    // An attacker whose words are hidden in the body may leave the headline readable, and mostly does.
    const shown = rng.next() < 0.5 ? { ...hidden, title } : hidden;
    return carrier.apply(shown, at(COVERS, rng.integer(COVERS.length)));
  });
  return {
    family: family.name,
    heldOut: family.heldOut ?? false,
    carrier: carrier.name,
    obfuscation: obfuscation.name,
    aim,
    entries,
  };
}

const text = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The entries as a feed, the way a publisher would send them. Characters that XML forbids are left out, as a publisher's program would. */
export function asFeed(entries: readonly AttackText[], publishedAt: number): string {
  const items = entries.map(
    ({ title, body }, i) =>
      `<item><title>${text(title)}</title><description>${text(body)}</description><guid>a${i}</guid><pubDate>${new Date(publishedAt).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>feed</title>${items.join('')}</channel></rss>`;
}
