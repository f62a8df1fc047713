/** Words of the one button and of what it needs. */
export const command = {
  preflight: 'Preflight',
  preflightWaits: 'Preflight waits for the engine.',
  allReady: 'Everything is ready.',
  stateUnknown: 'The state of the engine is not known yet.',
  running: 'A cycle is running. There is never more than one.',

  state: { ready: 'ready', note: 'note', blocked: 'blocked' },
  row: {
    reconciled: 'Engine',
    journal: 'Journal',
    data: 'Data',
    instrument: 'Instrument',
    account: 'Account',
    limits: 'Limits',
    mode: 'Mode',
    gate: 'Gate',
    analyst: 'Analyst',
  },
  fix: {
    reconciled: 'Look at Health',
    journal: 'Look at Health',
    data: 'Look at Health',
    instrument: 'Choose another',
    account: 'Open the portfolio',
    limits: 'Look at the portfolio',
    mode: 'Change the mode',
    gate: 'Resume trading',
    analyst: 'About models',
  },
  dataAge: '{{age}} old',
  blockedBy: '{{row}}: {{detail}}. {{remedy}}.',
} as const;
