import type { SaidTable } from '#shared/said/read-said.ts';
import { createWording } from '#shared/said/word-said.ts';
import { words } from './language.ts';

type Wording = (text: string) => string;
const wordings = new Map<string, Wording>();

function wordingOf(language: string): Wording {
  const known = wordings.get(language);
  if (known !== undefined) return known;
  const made = createWording(words.getResource(language, 'translation', 'said') as SaidTable);
  wordings.set(language, made);
  return made;
}

/**
 * A reason, remedy or detail, which the engine writes in English, in the language of the window. English stays as it was written, to the
 * letter. For components that ask for their own words with `useTranslation`, so that they are drawn anew in another language.
 */
export const said: Wording = (text) => (words.language === 'en' ? text : wordingOf(words.language)(text));
