import { createI18n, type Language } from '#shared/i18n/create-i18n.ts';
import { preferenceStore } from './preferences.ts';

const chosen = (): Language => {
  const { language } = preferenceStore.getState();
  if (language !== 'system') return language;
  return navigator.language.startsWith('sw') ? 'sw' : 'en';
};

/** The words of this window, in the language that the master prefers. */
export const words = createI18n(chosen());
const tellPage = (language: string): void => {
  document.documentElement.lang = language;
};
tellPage(words.language);
words.on('languageChanged', tellPage);
preferenceStore.subscribe(() => {
  const language = chosen();
  if (language !== words.language) void words.changeLanguage(language);
});
