import { useEffect, useMemo, useRef } from 'react';
import { type Binding, bind } from '#shared/shortcuts/bindings.ts';
import { chordOf, isSingleKey } from '#shared/shortcuts/keys.ts';
import type { Shortcut, ShortcutId } from '#shared/shortcuts/table.ts';
import { preferenceStore, usePreference } from './preferences.ts';

export type ShortcutActions = Readonly<Record<ShortcutId, () => void>>;

const SEQUENCE_MS = 1200;
const TWICE_MS = 2000;

/** Single keys are for reading and moving only, and never act while someone is typing. */
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"],[role="listbox"]') !== null;

const bindingsNow = () => bind(preferenceStore.getState().shortcutRemaps).bindings;

/** The keys that a shortcut has now. */
export function useShortcutKeys(): (id: ShortcutId) => string {
  const remaps = usePreference('shortcutRemaps');
  return useMemo(() => {
    const keys = new Map(bind(remaps).bindings.map((binding) => [binding.shortcut.id, binding.keys]));
    return (id) => keys.get(id) ?? '';
  }, [remaps]);
}

/** Whether a key belongs to the window even while the terminal has the focus, which is sent every other key. */
export function leavesTerminal(event: KeyboardEvent): boolean {
  const pressed = chordOf(event);
  return bindingsNow().some(({ shortcut, keys }) => shortcut.leavesTerminal === true && keys === pressed);
}

/** Whether the page keeps out of it: someone types, or a dialog has the keys. */
function waits(event: KeyboardEvent, shortcut: Shortcut, single: boolean): boolean {
  if (single && (typing(event.target) || !preferenceStore.getState().singleKeyShortcuts)) return true;
  if (shortcut.id === 'cancel' && typing(event.target)) return true;
  // The palette closes itself, and a dialog keeps its question until it is answered.
  if (shortcut.waitsForDialogs === true && event.defaultPrevented) return true;
  return (single || shortcut.waitsForDialogs === true) && inDialog(event.target);
}

/** Lets the keys of the table act. */
export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });

  useEffect(() => {
    let first = { keys: '', at: Number.NEGATIVE_INFINITY };
    let found: Binding | undefined;
    const pressedAt = new Map<ShortcutId, number>();

    /** What this press means, alone or after the one before it. */
    const look = (event: KeyboardEvent): Binding | undefined => {
      const pressed = chordOf(event);
      if (pressed === null) return undefined;
      const bindings = bindingsNow();
      const sequence = event.timeStamp - first.at <= SEQUENCE_MS ? `${first.keys} ${pressed}` : null;
      first = { keys: '', at: Number.NEGATIVE_INFINITY };
      const whole = bindings.find(({ keys }) => keys === sequence) ?? bindings.find(({ keys }) => keys === pressed);
      if (whole === undefined && !event.repeat && bindings.some(({ keys }) => keys.startsWith(`${pressed} `)))
        first = { keys: pressed, at: event.timeStamp };
      return whole;
    };

    const act = (event: KeyboardEvent, { shortcut, keys }: Binding): void => {
      const single = isSingleKey(keys);
      if (waits(event, shortcut, single)) return;
      if (!single && shortcut.id !== 'cancel') event.preventDefault();
      // A key held down repeats; that is one press, and must not answer its own question.
      if (event.repeat) return;
      if (shortcut.twice === true) {
        const before = pressedAt.get(shortcut.id) ?? Number.NEGATIVE_INFINITY;
        pressedAt.set(shortcut.id, event.timeStamp);
        if (event.timeStamp - before > TWICE_MS) return;
      }
      latest.current[shortcut.id]();
    };

    const onCapture = (event: KeyboardEvent): void => {
      // A field that asks for keys is given them all.
      const asked = event.target instanceof Element && event.target.closest('[data-takes-keys]') !== null;
      found = asked ? undefined : look(event);
      // The list of alerts listens for F6 by itself, and would keep it.
      if (found?.shortcut.beforeControls !== true) return;
      act(event, found);
      event.stopImmediatePropagation();
    };
    const onBubble = (event: KeyboardEvent): void => {
      if (found !== undefined) act(event, found);
    };
    window.addEventListener('keydown', onCapture, true);
    window.addEventListener('keydown', onBubble);
    return () => {
      window.removeEventListener('keydown', onCapture, true);
      window.removeEventListener('keydown', onBubble);
    };
  }, []);
}
