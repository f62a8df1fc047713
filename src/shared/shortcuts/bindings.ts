import { isSingleKey, readKeys } from './keys.ts';
import { SHORTCUTS, type Shortcut, type ShortcutId } from './table.ts';

/** Why a shortcut cannot have certain keys. */
export type KeyProblem =
  | { readonly code: 'unknown' | 'unreadable' | 'fixed' | 'risk' | 'reserved' }
  /** `other` has these keys, or keys that begin with them. */
  | { readonly code: 'taken' | 'begins'; readonly other: ShortcutId };

/** What moves the focus, edits text or belongs to the system's own menus. */
const RESERVED =
  /^((Shift\+)?(Tab|Enter|Space|Escape|Backspace|Delete|Home|End|PageUp|PageDown|Arrow\w+)|Ctrl\+[ACQRVWXYZ]|Ctrl\+Shift\+Z|Alt\+F4)$/;

export type Binding = { readonly shortcut: Shortcut; readonly keys: string };

const begins = (one: string, other: string): boolean => one.startsWith(`${other} `) || other.startsWith(`${one} `);

/** What is wrong with giving `keys` to a shortcut beside these others, or null. */
export function keyProblem(id: string, text: string, others: readonly Binding[]): KeyProblem | null {
  const shortcut = SHORTCUTS.find((known) => known.id === id);
  if (shortcut === undefined) return { code: 'unknown' };
  const keys = readKeys(text);
  if (keys === null) return { code: 'unreadable' };
  if (shortcut.fixed === true) return { code: 'fixed' };
  if (keys.split(' ').some((step) => RESERVED.test(step))) return { code: 'reserved' };
  if (shortcut.risk === true && isSingleKey(keys)) return { code: 'risk' };
  for (const other of others) {
    if (other.shortcut.id === id) continue;
    if (other.keys === keys) return { code: 'taken', other: other.shortcut.id };
    if (begins(other.keys, keys)) return { code: 'begins', other: other.shortcut.id };
  }
  return null;
}

export type Bound = {
  /** Every shortcut with the keys that it has now, in the order of the table. */
  readonly bindings: readonly Binding[];
  /** Keys that were asked for and cannot be given; the shortcut keeps what it had. */
  readonly refused: readonly { readonly id: string; readonly keys: string; readonly problem: KeyProblem }[];
};

/** The table with the master's own keys in it. All of them move first, so that two shortcuts may change places. */
export function bind(remaps: Readonly<Record<string, string>>): Bound {
  const wanted = new Map(Object.entries(remaps));
  const moved: readonly Binding[] = SHORTCUTS.map((shortcut) => {
    const text = wanted.get(shortcut.id);
    return { shortcut, keys: (text === undefined ? null : readKeys(text)) ?? shortcut.keys };
  });
  const refused = [...wanted].flatMap(([id, keys]) => {
    const problem = keyProblem(id, keys, moved);
    return problem === null ? [] : [{ id, keys, problem }];
  });
  if (refused.length === 0) return { bindings: moved, refused };
  // Without those that cannot be given, the others are judged anew: what they stood beside may have moved back.
  const rest = Object.fromEntries([...wanted].filter(([id]) => !refused.some((one) => one.id === id)));
  const again = bind(rest);
  return { bindings: again.bindings, refused: [...refused, ...again.refused] };
}
