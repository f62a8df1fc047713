import type { createI18n } from '../i18n/create-i18n.ts';
import type { SaidTable } from './read-said.ts';
import { createWording } from './word-said.ts';

type Wording = (text: string) => string;

/**
 * Words a reason, remedy or detail, which the engine writes in English, in the language that is asked for. English stays as it was written, to
 * the letter.
 */
export function createSaidIn(words: ReturnType<typeof createI18n>): (language: string) => Wording {
  const wordings = new Map<string, Wording>([['en', (text) => text]]);
  return (language) => {
    const known = wordings.get(language);
    if (known !== undefined) return known;
    const made = createWording(words.getResource(language, 'translation', 'said') as SaidTable);
    wordings.set(language, made);
    return made;
  };
}
