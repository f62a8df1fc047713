import { useTranslation } from 'react-i18next';
import { readableName } from '#shared/format/names.ts';
import type { english } from '#shared/i18n/en/words.ts';

type Table = keyof typeof english.names;
export type Names = (table: Table, name: string) => string;

/** Names as a person reads them, in the language of the window. A newer engine may know more than the catalogue: its word is shown as it is. */
export function useNames(): Names {
  const { t } = useTranslation();
  return (table, name) => {
    const known: Readonly<Record<string, string>> = t(`names.${table}`, { returnObjects: true });
    return Object.hasOwn(known, name) ? (known[name] ?? name) : readableName(name);
  };
}
