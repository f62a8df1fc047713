/** A line that is being typed; the cursor counts characters, not bytes. */
export type Editor = { readonly text: string; readonly cursor: number };

export const EMPTY: Editor = { text: '', cursor: 0 };
export const edited = (text: string): Editor => ({ text, cursor: Array.from(text).length });

/** A key as the console knows it: a name for what moves or ends, else the letters that were typed or pasted. */
export type KeyPress = {
  readonly name?:
    | 'enter'
    | 'escape'
    | 'tab'
    | 'up'
    | 'down'
    | 'left'
    | 'right'
    | 'home'
    | 'end'
    | 'pageup'
    | 'pagedown'
    | 'backspace'
    | 'delete';
  readonly text: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
};

const LONGEST = 4_000;
/** A pasted line break must not run anything: the line waits for its own Enter. */
const clean = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

/** The line after a key; undefined when the key is none of typing. */
export function typeInto({ text, cursor }: Editor, { name, text: typed, ctrl }: KeyPress): Editor | undefined {
  const letters = Array.from(text);
  const cut = (from: number, to: number): Editor => ({
    text: [...letters.slice(0, from), ...letters.slice(to)].join(''),
    cursor: from,
  });
  if (name === 'left') return { text, cursor: Math.max(0, cursor - 1) };
  if (name === 'right') return { text, cursor: Math.min(letters.length, cursor + 1) };
  if (name === 'home' || (ctrl && typed === 'a')) return { text, cursor: 0 };
  if (name === 'end' || (ctrl && typed === 'e')) return { text, cursor: letters.length };
  if (name === 'backspace') return cursor === 0 ? { text, cursor } : cut(cursor - 1, cursor);
  if (name === 'delete') return cut(cursor, cursor + 1);
  if (ctrl && typed === 'u') return cut(0, cursor);
  if (ctrl && typed === 'k') return cut(cursor, letters.length);
  if (ctrl && typed === 'w') {
    const start = letters
      .slice(0, cursor)
      .join('')
      .replace(/\S+\s*$/u, '');
    return cut(Array.from(start).length, cursor);
  }
  if (name !== undefined || ctrl || typed === '') return undefined;
  const more = Array.from(clean(typed)).slice(0, LONGEST - letters.length);
  return {
    text: [...letters.slice(0, cursor), ...more, ...letters.slice(cursor)].join(''),
    cursor: cursor + more.length,
  };
}
