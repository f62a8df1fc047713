/** Words of the command palette. */
export const palette = {
  title: 'Command palette',
  find: 'Find a screen, an agent, an instrument or a command',
  open: 'Find anything',
  count_one: '{{count}} found',
  count_other: '{{count}} found',
  empty: 'Nothing is called that. Try fewer letters.',
  more: 'Type to find agents, instruments, settings and all {{count}} commands of mt. A colon first finds commands alone.',
  kinds: {
    screen: 'Screen',
    settings: 'Settings',
    agent: 'Agent',
    instrument: 'Instrument',
    action: 'Window',
    command: 'Command',
  },
  does: {
    screen: 'Enter goes there.',
    settings: 'Enter opens this section.',
    agent: 'Enter shows why it exists and what it did.',
    instrument: 'Enter shows its chart in Market.',
    action: 'Enter does it.',
    runs: 'Enter runs it in the terminal. It trades nothing and changes no setting.',
    types: 'Enter types it into the terminal. Nothing runs until you press Enter there.',
  },
  risk: {
    read: 'reads',
    reduce: 'lowers risk',
    increase: 'takes risk',
    admin: 'changes the system',
  },
} as const;
