/** Words of the terminal in the window. */
export const terminal = {
  title: 'Terminal',
  leave:
    'Every command of mt, typed after a colon. The keys belong to the terminal while it has the focus; Ctrl+` leaves it.',
  ended: 'The terminal has ended.',
  again: 'Start it again',
  spoken: 'Write sentences for a screen reader',
} as const;
