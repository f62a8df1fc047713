import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { readableName } from '#shared/format/names.ts';
import { names } from '#shared/i18n/en/names.ts';

type Table = keyof typeof names;
type NameKey = { [T in Table]: `names.${T}.${Extract<keyof (typeof names)[T], string>}` }[Table];
export type Names = (table: Table, name: string) => string;

/** Names as a person reads them, in the language of the window. A newer engine may know more than the catalogue: its word is shown as it is. */
export function useNames(): Names {
  const { t } = useTranslation();
  return useCallback(
    // Every language has the words that English has, or it would not compile.
    (table, name) => (Object.hasOwn(names[table], name) ? t(`names.${table}.${name}` as NameKey) : readableName(name)),
    [t],
  );
}
