import { createSaidIn } from '#shared/said/said-in.ts';
import { words } from './language.ts';

const saidIn = createSaidIn(words);

/**
 * What the engine says in the language of the window. For components that ask for their own words with `useTranslation`, so that they are drawn
 * anew in another language.
 */
export const said = (text: string): string => saidIn(words.language)(text);

/** Why a venue refused something: the engine's sentences are worded, and words that are the venue's own stay, behind who said them. */
export function venueSaid(text: string): string {
  const worded = said(text);
  return words.language === 'en' || worded !== text ? worded : words.t('states.venueSaid', { text });
}
