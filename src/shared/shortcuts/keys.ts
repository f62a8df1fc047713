const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const;
const NAMED =
  /^(Enter|Escape|Tab|Space|Plus|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow(Up|Down|Left|Right)|F([1-9]|1[0-2]))$/;
const LETTER = /^\p{L}$/u;

type Held = { readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean };

/** One press as it is written, or null for what is no key. Shift counts only where it does not choose the sign itself: `?` is `?`. */
function chord(name: string, { ctrl, alt, shift }: Held): string | null {
  const single = name.length === 1;
  if (!single && !NAMED.test(name)) return null;
  const letter = LETTER.test(name);
  const shifted = shift && (letter || !single);
  const held = [ctrl, alt, shifted];
  const key = letter ? (held.includes(true) ? name.toUpperCase() : name.toLowerCase()) : name;
  return [...MODIFIERS.filter((_, index) => held[index]), key].join('+');
}

type Press = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** What was pressed, or null while only Ctrl, Alt or Shift is down. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string | null {
  const name = key === ' ' ? 'Space' : key === '+' ? 'Plus' : key;
  return chord(name, { ctrl: ctrlKey || metaKey, alt: altKey, shift: shiftKey });
}

const readChord = (text: string): string | null => {
  const parts = text.split('+');
  const name = parts.pop() ?? '';
  if (new Set(parts).size !== parts.length || !parts.every((part) => MODIFIERS.some((known) => known === part)))
    return null;
  return chord(name, { ctrl: parts.includes('Ctrl'), alt: parts.includes('Alt'), shift: parts.includes('Shift') });
};

/** A key that someone might type: no Ctrl, no Alt, and no key that types nothing. */
export const isSingleKey = (keys: string): boolean =>
  !/\b(Ctrl|Alt)\+/.test(keys) && !/^(Shift\+)?(F\d+|Escape)$/.test(keys);

/** Keys as they are written everywhere, or null when they are none: one press, or two single keys after each other. */
export function readKeys(text: string): string | null {
  const steps = text.trim().split(/\s+/).map(readChord);
  const whole = steps.filter((step) => step !== null);
  if (whole.length !== steps.length || whole.length > 2) return null;
  return whole.length === 2 && !whole.every(isSingleKey) ? null : whole.join(' ');
}

/** Keys as a person reads them: `Ctrl Shift X`, `g m`. */
export const keysText = (keys: string): string =>
  keys.replaceAll('+', ' ').replace('Escape', 'Esc').replace('Plus', '+');
