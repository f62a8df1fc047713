/** Words of the first screen, the set-up and the checks of the day. */
export const setup = {
  welcome: {
    title: 'Welcome',
    lead: 'One press analyses the market, makes an agent for that moment, lets it trade inside limits that code enforces, and keeps what was learned.',
    simulated:
      'You begin with simulated money on a simulated market (seed {{seed}}). No account, no key, no network. Everything stays on this computer.',
    risk: 'Trading can lose money. Nothing here promises a profit; targets are shown beside what was measured.',
    start: 'Start simulated trading',
    keys: 'I have exchange keys',
    language: 'Language',
    theme: 'Theme',
    currency: 'Also show amounts in',
  },
  title: 'Set-up',
  cardTitle: 'Set-up: {{done}} of {{all}}',
  today: 'Today',
  hide: 'All steps',
  open: 'Open',
  keep: 'Keep as it is',
  done: 'done',
  notDone: 'open',
  ok: 'fine',
  look: 'look',
  intro:
    'Each step can be done in any order, now or later. Simulated trading needs none of them; real money will need most.',
  steps: {
    press: { name: 'Press the button', why: 'On Command: analyse, read the brief, let an agent trade.' },
    trade: { name: 'Watch a trade close', why: 'The debrief says what was expected, what happened and what is kept.' },
    security: {
      name: 'Set a passphrase',
      why: 'Encrypts everything under a key that only you can open. Needed before any exchange key.',
    },
    automation: { name: 'Choose how much it may do alone', why: 'The mode says what waits for your word.' },
    risk: { name: 'Look at the limits', why: 'What may be lost in a trade, in a day and in all. Code enforces them.' },
    monitoring: { name: 'Choose what is told to you', why: 'Alerts in the window, on the desktop, or elsewhere.' },
    models: { name: 'Get a local model', why: 'Optional. Rules decide without one; a model is scored beside them.' },
    exchanges: {
      name: 'Connect an exchange',
      why: 'Read-only keys first. Live orders stay locked until a strategy has earned them.',
    },
  },
  daily: {
    health: 'Engine',
    backup: 'Backup',
    risk: 'Drawdown',
    positions: 'Open positions',
    errors: 'Errors',
    lessons: 'Lessons',
  },
} as const;
