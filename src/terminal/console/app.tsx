import { Box, useInput, useIsScreenReaderEnabled, usePaste, useWindowSize } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { Line } from '../text/line.ts';
import { consoleLines, spokenLines } from './draw.ts';
import type { KeyPress } from './editor.ts';
import type { Size } from './frame.ts';
import type { ConsoleModel } from './model.ts';
import { Row } from './row.tsx';
import type { ConsoleState } from './state.ts';

type InkKey = Parameters<Parameters<typeof useInput>[0]>[1];

const NAMES: readonly (readonly [keyof InkKey, NonNullable<KeyPress['name']>])[] = [
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['home', 'home'],
  ['end', 'end'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/**
 * What was pressed. Several keys may come at once from a slow line: an Enter among them is an Enter. Pasted text comes another way, and
 * its line breaks run nothing.
 */
export function keyPressesOf(input: string, key: InkKey): readonly KeyPress[] {
  const name = NAMES.find(([flag]) => key[flag] === true)?.[1];
  const plain = { ctrl: key.ctrl, shift: key.shift };
  if (name !== undefined) return [{ ...plain, name, text: '' }];
  if (key.meta) return [];
  return input
    .split(/(\r)/)
    .filter((text) => text !== '')
    .map((text) => (text === '\r' ? { ...plain, name: 'enter', text: '' } : { ...plain, text }));
}

const Rows = ({ lines, size }: { readonly lines: readonly Line[]; readonly size: Size }) => (
  <Box flexDirection="column" width={size.columns} height={size.rows}>
    {lines.map((parts, index) => (
      <Row key={index} parts={parts} />
    ))}
  </Box>
);

/** One frame: as many rows as the window has. */
export const ConsoleScreen = ({ state, size }: { readonly state: ConsoleState; readonly size: Size }) => (
  <Rows lines={consoleLines(state, size)} size={size} />
);

/** The console of a running model: drawn anew when the model or the window changes; in sentences for a screen reader. */
export function ConsoleApp({ model }: { readonly model: ConsoleModel }) {
  const { columns, rows } = useWindowSize();
  const spoken = useIsScreenReaderEnabled();
  const state = useSyncExternalStore(model.subscribe, model.state);
  useEffect(() => model.resize({ columns, rows }), [model, columns, rows]);
  useInput((input, key) => {
    for (const press of keyPressesOf(input, key)) model.press(press);
  });
  usePaste((text) => model.press({ text, ctrl: false, shift: false }));
  if (!spoken) return <ConsoleScreen state={state} size={{ columns, rows }} />;
  return (
    <Box flexDirection="column">
      {spokenLines(state).map((parts, index) => (
        <Row key={index} parts={parts} />
      ))}
    </Box>
  );
}
