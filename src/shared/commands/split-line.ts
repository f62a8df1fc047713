export type SplitLine =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** A quote was opened and never closed; `words` is what came before it. */
  | { readonly kind: 'open'; readonly quote: string };

/**
 * The words of a typed line: blanks part them, quotes of either kind keep blanks, a backslash keeps the next character. No variable, no
 * pattern, no second command: what looks like one to a shell is a plain word here.
 */
export function splitLine(text: string): SplitLine {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  const letters = Array.from(text);
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    if (quote !== undefined) {
      if (letter === quote) quote = undefined;
      else if (letter === '\\' && quote === '"' && at + 1 < letters.length) {
        at += 1;
        word = (word ?? '') + (letters[at] ?? '');
      } else word = (word ?? '') + letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (letter === '\\' && at + 1 < letters.length) {
      at += 1;
      word = (word ?? '') + (letters[at] ?? '');
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (quote !== undefined) return { kind: 'open', quote };
  if (word !== undefined) words.push(word);
  return { kind: 'words', words };
}

/** A word as it must be typed so that `splitLine` gives it back. */
export const quoted = (word: string): string =>
  word !== '' && !/[\s"'\\]/.test(word) ? word : `"${word.replace(/[\\"]/g, (letter) => `\\${letter}`)}"`;
