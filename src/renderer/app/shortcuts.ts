import { useEffect, useRef } from 'react';
import { preferenceStore } from './preferences.ts';

export type Shortcut = { readonly keys: string; readonly does: string };

/** Everything `?` lists. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'Ctrl Enter', does: 'Analyse and spawn an agent' },
  { keys: 'Ctrl K', does: 'Find a screen, an agent, an instrument or a command (in the terminal : finds commands)' },
  { keys: 'Esc', does: 'Cancel the cycle in flight (asks first once it has traded), or close a sheet' },
  { keys: 'Ctrl Shift X, twice', does: 'Kill: close the gate, stop agents, cancel orders, flatten' },
  { keys: 'Ctrl Shift H', does: 'Halt entries: nothing new is entered, agents go on with what they hold' },
  { keys: 'Ctrl 1…4', does: 'Full, semi, manual, emergency: lowers at once, asks before it raises' },
  { keys: 'g c', does: 'Command' },
  { keys: 'g m', does: 'Market' },
  { keys: 'g a', does: 'Agents' },
  { keys: 'g p', does: 'Approvals' },
  { keys: 'g o', does: 'Portfolio' },
  { keys: 'g l', does: 'Lab' },
  { keys: 'g u', does: 'Audit' },
  { keys: 'g h', does: 'Health' },
  { keys: 'g t', does: 'Terminal' },
  { keys: 'Ctrl `', does: 'Terminal, and back to Command' },
  { keys: 'g ,', does: 'Settings' },
  { keys: 'Ctrl ,', does: 'Settings' },
  { keys: 'Ctrl Shift A', does: 'Alerts' },
  { keys: 'F6', does: 'Go to the newest alert that is shown' },
  { keys: '?', does: 'This list' },
];

export type ShortcutActions = {
  go(key: string): void;
  spawn(): void;
  cancel(): void;
  kill(): void;
  mode(wanted: 'full' | 'semi' | 'manual' | 'emergency'): void;
  halt(): void;
  help(): void;
  terminal(): void;
  alerts(): void;
  palette(): void;
  settings(): void;
};

const MODE_OF_KEY: ReadonlyMap<string, Parameters<ShortcutActions['mode']>[0]> = new Map([
  ['1', 'full'],
  ['2', 'semi'],
  ['3', 'manual'],
  ['4', 'emergency'],
]);

const SEQUENCE_MS = 1200;
const TWICE_MS = 2000;

/** Single keys are for reading and moving only, and never act while someone is typing. */
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"],[role="listbox"]') !== null;

export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });

  useEffect(() => {
    let goAt = Number.NEGATIVE_INFINITY;
    let killAt = Number.NEGATIVE_INFINITY;

    const onKey = (event: KeyboardEvent): void => {
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (command && event.shiftKey && key === 'x') {
        event.preventDefault();
        if (event.repeat) return;
        if (event.timeStamp - killAt <= TWICE_MS) latest.current.kill();
        killAt = event.timeStamp;
        return;
      }
      if (command && event.shiftKey && key === 'h') {
        event.preventDefault();
        if (!event.repeat) latest.current.halt();
        return;
      }
      const mode = command && !event.shiftKey && !event.altKey ? MODE_OF_KEY.get(key) : undefined;
      if (mode !== undefined) {
        event.preventDefault();
        if (!event.repeat) latest.current.mode(mode);
        return;
      }
      if (command && key === '`') {
        event.preventDefault();
        if (!event.repeat) latest.current.terminal();
        return;
      }
      if (command && event.shiftKey && key === 'a') {
        event.preventDefault();
        if (!event.repeat) latest.current.alerts();
        return;
      }
      // The palette closes itself; another dialog keeps its question until it is answered.
      if (command && !event.shiftKey && key === 'k' && !event.defaultPrevented) {
        event.preventDefault();
        if (!event.repeat && !inDialog(event.target)) latest.current.palette();
        return;
      }
      if (command && key === 'enter') {
        event.preventDefault();
        if (!event.repeat) latest.current.spawn();
        return;
      }
      if (command && key === ',') {
        event.preventDefault();
        return latest.current.settings();
      }
      if (command || event.altKey || typing(event.target) || inDialog(event.target) || event.defaultPrevented) return;
      // A key held down repeats; that is one press, and must not answer its own question.
      if (key === 'escape') return event.repeat ? undefined : latest.current.cancel();
      if (!preferenceStore.getState().singleKeyShortcuts) return;
      if (event.key === '?') return latest.current.help();
      if (event.timeStamp - goAt <= SEQUENCE_MS) {
        goAt = Number.NEGATIVE_INFINITY;
        latest.current.go(key);
      } else if (key === 'g') goAt = event.timeStamp;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
