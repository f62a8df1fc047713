import type { Language } from './create-i18n.ts';

/** The language of a face: what the master chose, or the system's where there are words in it, or English. `system` is a tag such as `sw-KE`. */
export function chooseLanguage(chosen: Language | 'system', system: string): Language {
  if (chosen !== 'system') return chosen;
  return system.startsWith('sw') ? 'sw' : 'en';
}
