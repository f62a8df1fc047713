import { createSaidIn } from '#shared/said/said-in.ts';
import { words } from './language.ts';

const saidIn = createSaidIn(words);

/**
 * What the engine says in the language of the window. For components that ask for their own words with `useTranslation`, so that they are drawn
 * anew in another language.
 */
export const said = (text: string): string => saidIn(words.language)(text);
