import { createInstance, type i18n } from 'i18next';
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
  return instance;
}
