import type { ConsoleState } from './state.ts';

/** What a key does, for the sheet of `?` and for the test that every one of them acts. */
export type KeyRow = {
  readonly keys: string;
  readonly does: string;
  /** Where it means something; everywhere when left out. */
  readonly where?: 'agents' | 'approvals' | 'chart' | 'text' | 'run';
};

export const KEYS: readonly KeyRow[] = [
  { keys: 'j  ↓', does: 'next row' },
  { keys: 'k  ↑', does: 'previous row' },
  { keys: 'g  Home', does: 'first row' },
  { keys: 'G  End', does: 'last row' },
  { keys: 'Ctrl d  PgDn', does: 'half a page down' },
  { keys: 'Ctrl u  PgUp', does: 'half a page up' },
  { keys: 'Enter', does: 'what this agent decided', where: 'agents' },
  { keys: 'w', does: 'why it exists and why it did what it did', where: 'agents' },
  { keys: 'p', does: 'pause it; of a paused one, type why it may open again', where: 'agents' },
  { keys: 'x', does: 'take its hands off what it holds; its stops stay (asks)', where: 'agents' },
  { keys: 'Enter', does: 'all that speaks for it and against it', where: 'approvals' },
  { keys: 'a', does: 'approve it as it stands (asks)', where: 'approvals' },
  { keys: 'e', does: 'type its approval with less at stake; Enter runs it', where: 'approvals' },
  { keys: 'r', does: 'type why it is rejected; Enter runs it', where: 'approvals' },
  { keys: '[  ]', does: 'shorter, longer candles', where: 'chart' },
  { keys: '+  -  0', does: 'fewer, more, as many candles as at first', where: 'chart' },
  { keys: '←  →', does: 'older, newer candles', where: 'chart' },
  { keys: '1  2  3  4', does: 'brief, feed, chart, result, where there is room for one alone', where: 'run' },
  { keys: 'x', does: 'stop this run; what its agent holds is closed (asks)', where: 'run' },
  { keys: '/', does: 'filter the rows; n and N go through what is left' },
  { keys: 'y', does: 'copy the selected id, or the shown text' },
  { keys: 'z', does: 'the panel alone on the screen, and back' },
  { keys: '1  2  3', does: 'focus a panel' },
  { keys: 'Tab  Shift Tab', does: 'focus the next, the previous panel' },
  { keys: ':', does: 'a command, or a view by its name or number' },
  { keys: 's', does: 'type the command that spawns on this instrument; Enter runs it' },
  { keys: 'h', does: 'halt: no new entries, what is held stays with its stops (asks)' },
  { keys: '! !', does: 'kill: cancel everything and close what is held (twice within two seconds)' },
  { keys: 'L', does: 'lock window and terminal' },
  { keys: 'R', does: 'show this anew' },
  { keys: 'Esc', does: 'back; interrupts a command that runs' },
  { keys: 'q', does: 'leave (asks)' },
];

/** The keys that mean something where the focus is. */
export function keysOf({ view, panel, pane }: Pick<ConsoleState, 'view' | 'panel' | 'pane'>): readonly KeyRow[] {
  const place =
    pane !== null
      ? 'text'
      : view === 'run'
        ? 'run'
        : view === 'market' || (view === 'dash' && panel === 'chart')
          ? 'chart'
          : view === 'agents' || (view === 'dash' && panel === 'agents')
            ? 'agents'
            : view === 'approvals'
              ? 'approvals'
              : 'text';
  return KEYS.filter(({ where }) => where === undefined || where === place);
}
