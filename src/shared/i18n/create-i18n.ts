import { createInstance, type i18n, type TFunction } from 'i18next';
import { english } from './en/words.ts';
import { pseudoWords } from './pseudo.ts';
import { swahili } from './sw/words.ts';

/** What the master may choose; `pseudo` exists for tests. */
export const LANGUAGES = ['en', 'sw', 'pseudo'] as const;
export type Language = (typeof LANGUAGES)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english };
  }
}

/** The words of one face in a language, plurals by the rules of `Intl.PluralRules`. A word that a language lacks does not compile, so there is no second choice. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    resources: {
      en: { translation: english },
      sw: { translation: swahili },
      pseudo: { translation: pseudoWords(english) },
    },
    // React escapes by itself, and a terminal needs no escaping.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  rememberWords(instance);
  return instance;
}

/**
 * Keeps what a key without figures says, in each language: a screen asks for hundreds of such words whenever it is drawn, and looking one up takes
 * longer than drawing it. Words do not change after the start.
 */
function rememberWords(instance: i18n): void {
  const lookUp = instance.getFixedT.bind(instance) as (...args: readonly unknown[]) => TFunction;
  const kept = new Map<string, Map<string, unknown>>();
  const getFixedT = (language: unknown, ...rest: readonly unknown[]): TFunction => {
    const fixed = lookUp(language, ...rest) as TFunction & ((...asked: readonly unknown[]) => unknown);
    // Without a language it speaks the one of the moment.
    if (typeof language !== 'string') return fixed;
    // A prefix or another namespace makes another word of the same key.
    const scope = JSON.stringify([language, rest[0], rest[1]]);
    const words = kept.get(scope) ?? new Map<string, unknown>();
    kept.set(scope, words);
    const remembering = (...asked: readonly unknown[]): unknown => {
      const [key] = asked;
      if (asked.length !== 1 || typeof key !== 'string') return fixed(...asked);
      if (!words.has(key)) words.set(key, fixed(key));
      return words.get(key);
    };
    return Object.assign(remembering, fixed);
  };
  instance.getFixedT = getFixedT as i18n['getFixedT'];
}
