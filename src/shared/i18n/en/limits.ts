/** Words of the limits and of the parts of agents' instructions, in the settings. */
export const limits = {
  title: 'Limits',
  intro:
    'These bound everything, whatever an agent was told. Tightening holds at once; loosening needs a reason, and a proof that it is you.',
  name: 'Limit',
  now: 'Now',
  means: 'Of what',
  next: 'New value',
  nextOf: 'New value of {{name}}',
  form: 'As a fraction: 0.02 is 2 %.',
  reason: 'Reason',
  reasonNote: 'Goes into the journal. Needed to let more through.',
  save: 'Set the limits',
  saving: 'Setting…',
  undo: 'Undo',
  changed_one: '{{count}} value is changed',
  changed_other: '{{count}} values are changed',
} as const;

export const prompts = {
  title: 'Instructions',
  intro:
    'What agents are told is put together from these parts. Nothing written here can widen a limit: code enforces those. Agents that are spawned from now on get the newer text.',
  parts: 'Parts',
  version: 'version {{version}}',
  edited: 'edited',
  shipped: 'as it ships',
  fixed: 'fixed',
  text: 'Text of {{id}}',
  placeholders: 'It must use each of these: {{names}}',
  noPlaceholders: 'It has no placeholders.',
  reason: 'Reason',
  save: 'Keep as a new version',
  restore: 'Back to the one that ships',
  beside: 'Beside the one that ships',
  history: 'Earlier',
  loading: 'the parts',
  back: 'All parts',
} as const;
