import { Box, useInput, useWindowSize } from 'ink';
import { useSyncExternalStore } from 'react';
import type { Size } from './frame.ts';
import { Row } from './row.tsx';
import { type ScreenState, screenLines } from './screen-lines.ts';
import type { Key, ScreenModel } from './screen-model.ts';

/** One frame: as many rows as the window has. */
export function Screen({ state, size }: { readonly state: ScreenState; readonly size: Size }) {
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      {screenLines(state, size).map((parts, index) => (
        <Row key={index} parts={parts} />
      ))}
    </Box>
  );
}

type InkKey = Parameters<Parameters<typeof useInput>[0]>[1];

function keyOf(input: string, key: InkKey): Key {
  if (key.ctrl && input === 'c') return 'quit';
  if (key.escape) return 'stop';
  if (key.return || input === 's') return 'spawn';
  if (key.tab) return 'next';
  if (key.upArrow || input === 'k') return 'up';
  if (key.downArrow || input === 'j') return 'down';
  if (input === 'q') return 'quit';
  if (input === 'y') return 'yes';
  if (input === '1' || input === '2' || input === '3' || input === '4') return input;
  return 'other';
}

/** The screen of a running model: redrawn when the model or the window changes. */
export function App({ model }: { readonly model: ScreenModel }) {
  const size = useWindowSize();
  const state = useSyncExternalStore(model.subscribe, model.state);
  useInput((input, key) => model.press(keyOf(input, key)));
  return <Screen state={state} size={size} />;
}
