/** Sentences by area and code, each with `{{names}}` where its values stand. */
export type SaidTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A sentence of the engine as what it is: its code, such as `gate.orderSize`, and the values that were put into it. */
export type Said = { readonly code: string; readonly values: Readonly<Record<string, string>> };

/** Values that may be sentences themselves, or names of more than one word. Every other value is one word or number. */
const PHRASES = new Set(['text', 'more', 'other', 'last']);
const HOLE = /\{\{(\w+)\}\}/g;

type Form = {
  readonly code: string;
  readonly names: readonly string[];
  readonly weight: number;
  /** Letters that every text of this form has. A pattern is dear to make and to try; most are never asked. */
  readonly mark: string;
  readonly pattern: () => RegExp;
};

/** An amount keeps its unit beside it with a space that does not break. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \u00a0]');

/** A whole sentence that begins with its own letter in either case: on a screen clauses begin as sentences do. */
function formOf(code: string, template: string): Form {
  const names = [...template.matchAll(HOLE)].map((hole) => hole[1] ?? '');
  const parts = template.split(HOLE).filter((_, index) => index % 2 === 0);
  const holes = names.map((name) => (PHRASES.has(name) ? '(.+?)' : '(\\S+?)'));
  const pattern = parts.map((part, index) => `${literal(part)}${holes[index] ?? ''}`).join('');
  const first = parts[0]?.charAt(0) ?? '';
  const either = /[a-z]/i.test(first) ? `[${first.toLowerCase()}${first.toUpperCase()}]${pattern.slice(1)}` : pattern;
  const marks = parts.map((part, index) => (index === 0 ? part.slice(1) : part));
  const mark = marks.reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  let made: RegExp | undefined;
  return {
    code,
    names,
    mark,
    pattern() {
      made ??= new RegExp(`^${either}$`, 's');
      return made;
    },
    weight: parts.join('').length,
  };
}

/**
 * Finds sentences that the engine wrote in the table they were written by. The records keep text, so this is how one of last year gets its
 * code; the sentence that shares most letters with the text is the one that is meant.
 */
export function createSaidReader(table: SaidTable): (text: string) => Said | undefined {
  const forms = Object.entries(table)
    .flatMap(([area, codes]) => Object.entries(codes).map(([code, template]) => formOf(`${area}.${code}`, template)))
    .sort((one, other) => other.weight - one.weight);
  return (text) => {
    const plain = text.replaceAll('\u00a0', ' ');
    for (const { code, mark, pattern, names } of forms) {
      if (!plain.includes(mark)) continue;
      const match = pattern().exec(text);
      if (match !== null)
        return { code, values: Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) };
    }
    return undefined;
  };
}

export const isPhrase = (name: string): boolean => PHRASES.has(name);
