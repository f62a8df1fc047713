import { english } from '../i18n/en/words.ts';
import { createSaidReader, isPhrase, type Said, type SaidTable } from './read-said.ts';

let reader: ((text: string) => Said | undefined) | undefined;
/** The engine's sentences are English; this is the table they are found by. Whoever reads English never needs it, so it is made when it is asked. */
function read(text: string): Said | undefined {
  reader ??= createSaidReader(english.said);
  return reader(text);
}

const KEPT = 2_000;
const HOLE = /\{\{(\w+)\}\}/g;

const templateOf = (table: SaidTable, code: string): string => {
  const [area = '', name = ''] = code.split('.');
  return table[area]?.[name] ?? '';
};
const capital = (text: string, like: string): string =>
  /^[A-Z]/.test(like) ? text.charAt(0).toUpperCase() + text.slice(1) : text;

/** Says what the engine wrote in the words of a table. What is not known stays as it was written: a newer engine may say more. */
export function createWording(table: SaidTable): (text: string) => string {
  const known = new Map<string, string>();

  function whole(text: string): string | undefined {
    const found = read(text);
    if (found === undefined) return undefined;
    const { code, values } = found;
    const worded = templateOf(table, code).replace(HOLE, (_, name: string) => {
      const value = values[name] ?? '';
      return isPhrase(name) || /^[a-z]+$/.test(value) ? word(value) : value;
    });
    return capital(worded, text);
  }

  /** Piece by piece at a mark between them; undefined where there is no such mark. */
  function pieces(text: string, between: RegExp, join: string): string | undefined {
    const parts = text.split(between);
    return parts.length > 1 ? parts.map(word).join(join) : undefined;
  }

  function word(text: string): string {
    const kept = known.get(text);
    if (kept !== undefined) return kept;
    const worded =
      whole(text) ??
      (text.endsWith('.') ? pieces(text, /(?<=\.) (?=[A-Z])/, ' ') : undefined) ??
      (text.endsWith('.') && text.length > 1 ? `${word(text.slice(0, -1))}.` : undefined) ??
      pieces(text, /; /, '; ') ??
      text;
    if (known.size >= KEPT) known.clear();
    known.set(text, worded);
    return worded;
  }
  return word;
}
