import { english } from '#shared/i18n/en/words.ts';
import { pseudoWords } from '#shared/i18n/pseudo.ts';
import { createWording } from '#shared/said/word-said.ts';

const word = createWording(pseudoWords(english.said) as typeof english.said);

/**
 * Words of a text of the engine that the catalogue does not know, through to the sentences inside of it. In the language that nobody speaks every
 * word has accents, so one with a plain vowel was never put into the table. Short words in capitals (ATR, UTC) are the same in every language.
 */
export const leftUnsaid = (text: string): string =>
  (word(text).match(/[\p{L}\p{M}_-]*[aeiou][\p{L}\p{M}_-]*/giu) ?? [])
    .filter((one) => !/^[A-Z]{1,4}$/.test(one))
    .join(' ');
