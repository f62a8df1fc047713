import { createI18n, LANGUAGES, type Language } from '#shared/i18n/create-i18n.ts';

const KEY = 'mt.language';

const isLanguage = (text: string | null): text is Language => LANGUAGES.some((known) => known === text);

function remembered(): Language {
  try {
    const text = localStorage.getItem(KEY);
    if (isLanguage(text)) return text;
  } catch {
    // Storage can be switched off; the language then follows the system.
  }
  return navigator.language.startsWith('sw') ? 'sw' : 'en';
}

/** The words of this window. */
export const words = createI18n(remembered());
const tellPage = (language: string): void => {
  document.documentElement.lang = language;
};
tellPage(words.language);
words.on('languageChanged', tellPage);

export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // See above: the choice then lasts as long as the window.
  }
  void words.changeLanguage(language);
}
