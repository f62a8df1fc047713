import { completionOf } from './completing.ts';
import { EMPTY, edited, type KeyPress, typeInto } from './editor.ts';
import type { ConsoleActions } from './model.ts';
import { pressInKeys } from './press-keys.ts';
import type { Mode } from './state.ts';

const MOST_HISTORY = 200;

/** What a key does, by what the keys mean at the moment. */
export function createPress(actions: ConsoleActions): (key: KeyPress) => void {
  const { get, set } = actions;
  const history: string[] = [];
  /** Steps back from the end of the history; 0 is the line that is being typed. */
  let back = 0;
  let killAt = Number.NEGATIVE_INFINITY;
  const toKeys = (): void => set({ mode: { kind: 'keys' } });

  const inLine = (mode: Extract<Mode, { kind: 'line' }>, key: KeyPress): void => {
    const { editor, picked } = mode;
    const { completions } = completionOf(get(), editor.text);
    if (key.name === 'escape' || (key.ctrl && key.text === 'c')) return toKeys();
    if (key.name === 'enter') {
      const chosen = completions[picked];
      if (chosen !== undefined) return set({ mode: { kind: 'line', editor: edited(chosen.line), picked: -1 } });
      toKeys();
      const text = editor.text.trim();
      back = 0;
      if (text === '') return;
      if (history.at(-1) !== text) history.push(text);
      if (history.length > MOST_HISTORY) history.shift();
      return actions.type(text);
    }
    if (key.name === 'tab') {
      if (completions.length === 1 && completions[0] !== undefined)
        return set({ mode: { kind: 'line', editor: edited(completions[0].line), picked: -1 } });
      const step = key.shift ? completions.length - 1 : 1;
      const next = completions.length === 0 ? -1 : (Math.max(picked, key.shift ? 0 : -1) + step) % completions.length;
      return set({ mode: { ...mode, picked: next } });
    }
    if (key.name === 'up' || key.name === 'down') {
      back = Math.max(0, Math.min(history.length, back + (key.name === 'up' ? 1 : -1)));
      return set({ mode: { kind: 'line', editor: edited(history[history.length - back] ?? ''), picked: -1 } });
    }
    const next = typeInto(editor, key);
    if (next !== undefined) set({ mode: { kind: 'line', editor: next, picked: -1 } });
  };

  const inFilter = (mode: Extract<Mode, { kind: 'filter' }>, key: KeyPress): void => {
    if (key.name === 'escape') return set({ mode: { kind: 'keys' }, filter: '', selected: 0, scroll: 0 });
    if (key.name === 'enter') return toKeys();
    const editor = typeInto(mode.editor, key);
    if (editor !== undefined) set({ mode: { kind: 'filter', editor }, filter: editor.text, selected: 0, scroll: 0 });
  };

  const inSecret = (mode: Extract<Mode, { kind: 'secret' }>, key: KeyPress): void => {
    if (key.name === 'escape' || (key.ctrl && (key.text === 'c' || key.text === 'd'))) return actions.answer(undefined);
    if (key.name === 'enter') return actions.answer(mode.editor.text);
    const editor = typeInto(mode.editor, key);
    if (editor !== undefined) set({ mode: { ...mode, editor } });
  };

  const armKill = (): void => {
    const now = actions.now();
    if (now - killAt <= KILL_MS) {
      killAt = Number.NEGATIVE_INFINITY;
      return actions.run('kill --reason "kill switch, pressed in the terminal"');
    }
    killAt = now;
    set({
      notice: {
        text: 'KILL cancels everything and closes what is held: press ! again within two seconds',
        tone: 'danger',
      },
    });
  };

  return (key) => {
    const { mode } = get();
    switch (mode.kind) {
      case 'line':
        return inLine(mode, key);
      case 'filter':
        return inFilter(mode, key);
      case 'secret':
        return inSecret(mode, key);
      case 'ask':
        toKeys();
        if (mode.insist === true && key.ctrl && key.text === 'c') return mode.yes();
        return key.text === 'y' && !key.ctrl ? mode.yes() : undefined;
      case 'help':
        return key.name === 'escape' || key.text === '?' || key.text === 'q' ? toKeys() : pressInKeys(actions, key);
      case 'keys': {
        if (key.text === '!' || key.text === '!!') {
          if (key.text === '!!') armKill();
          return armKill();
        }
        if (key.text === ':') {
          back = 0;
          return set({ mode: { kind: 'line', editor: EMPTY, picked: -1 }, notice: null });
        }
        // Typed very fast, or pasted: the rest belongs into the line that the first key opened.
        if (key.text.length > 1 && (key.text.startsWith(':') || key.text.startsWith('/'))) {
          const editor = edited(key.text.slice(1));
          return key.text.startsWith(':')
            ? set({ mode: { kind: 'line', editor, picked: -1 }, notice: null })
            : set({ mode: { kind: 'filter', editor }, filter: editor.text });
        }
        return pressInKeys(actions, key);
      }
    }
  };
}

const KILL_MS = 2_000;
