import { chooseLanguage } from '#shared/i18n/choose-language.ts';
import { createI18n, type Language } from '#shared/i18n/create-i18n.ts';
import { preferenceStore } from './preferences.ts';

const chosen = (): Language => chooseLanguage(preferenceStore.getState().language, navigator.language);

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
