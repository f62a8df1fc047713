import { readableName } from '../format/names.ts';
import type { createI18n } from './create-i18n.ts';
import { names } from './en/names.ts';

type Table = keyof typeof names;
type NameKey = { [T in Table]: `names.${T}.${Extract<keyof (typeof names)[T], string>}` }[Table];
export type Names = (table: Table, name: string) => string;

/** Names as a person reads them, in the language of `t`. A newer engine may know more than the catalogue: its word is shown as it is. */
export const namesIn =
  (t: ReturnType<typeof createI18n>['t']): Names =>
  (table, name) =>
    // Every language has the words that English has, or it would not compile.
    Object.hasOwn(names[table], name) ? t(`names.${table}.${name}` as NameKey) : readableName(name);
