import { createI18n, type Language } from '#shared/i18n/create-i18n.ts';
import { type Names, namesIn } from '#shared/i18n/names-in.ts';
import { createSaidIn } from '#shared/said/said-in.ts';

const i18n = createI18n('en');
const saidIn = createSaidIn(i18n);

/** What tray, menus, dialogs and notifications say in one language. */
export type Words = {
  readonly language: Language;
  readonly t: typeof i18n.t;
  /** What the engine wrote in English. */
  readonly said: (text: string) => string;
  readonly named: Names;
};

const made = new Map<Language, Words>();

export function wordsIn(language: Language): Words {
  const known = made.get(language);
  if (known !== undefined) return known;
  const t = i18n.getFixedT(language);
  const words = { language, t, said: saidIn(language), named: namesIn(t) };
  made.set(language, words);
  return words;
}

/** What a failure says, in two sentences where it has a remedy. */
export function toldIn({ said }: Words, error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = 'remedy' in error && typeof error.remedy === 'string' ? `\n\n${said(error.remedy)}` : '';
  return `${said(error.message)}${remedy}`;
}

/** An ampersand in the label of a menu: a single one would underline the letter after it. */
export const label = (text: string): string => text.replaceAll('&', '&&');
