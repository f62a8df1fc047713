import type { Preferences } from '#shared/contract/preferences.ts';
import { chooseLanguage } from '#shared/i18n/choose-language.ts';
import type { Language } from '#shared/i18n/create-i18n.ts';
import type { Words } from './words.ts';

/** Which language the main process speaks: the system's until the engine has told what the master chose. */
export type Spoken = {
  language(): Language;
  /** Answers whether that is another one than before. */
  choose(chosen: Preferences['language']): boolean;
};

/** `system` tells the system's language, such as `sw-KE`; it is known only once Electron is ready. */
export function createSpoken(system: () => string): Spoken {
  let chosen: Preferences['language'] = 'system';
  const language = (): Language => chooseLanguage(chosen, system());
  return {
    language,
    choose(next) {
      const before = language();
      chosen = next;
      return language() !== before;
    },
  };
}

/** The words of the moment. They are read when they are first needed: nothing of them is wanted before the window. */
export const wordsOf = async (spoken: Spoken): Promise<Words> =>
  (await import('./words.ts')).wordsIn(spoken.language());
