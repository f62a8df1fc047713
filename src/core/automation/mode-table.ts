import { type Asker, type ChosenMode, MODES, type Mode } from './types.ts';

/** Everything that a mode has a say in. */
export const ACTIONS = [
  'analyse',
  'spawn',
  'spawn-live',
  'enter',
  'enter-live',
  'enter-live-above',
  'enter-asked',
  'enter-chosen',
  'enter-chosen-asked',
  'protect',
  'reduce',
  'raise-limit',
  'deposit-request',
  'kill',
  'leave-emergency',
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * `auto`: done without asking. `approve`: agent and program need an approval first; the master's own hand is one. `by-hand`: the master alone.
 * `step-up`: the master, with a second proof. `blocked`: nobody.
 */
export type Answer = 'auto' | 'approve' | 'by-hand' | 'step-up' | 'blocked';

/**
 * What asks the master, in which mode. The columns of `leave-emergency` are the modes that it leads to. `enter-live-above` is an entry with
 * real money that plans to lose more than the threshold of one trade, `enter-asked` one that the master's own policy wants to be asked about. `enter-chosen` is an entry
 * with simulated money of an agent that the master filled in the form for: his form is his hand, in manual too. In emergency the market may
 * still be looked at, by hand.
 */
export const MODE_TABLE: Readonly<Record<Action, Readonly<Record<Mode, Answer>>>> = {
  analyse: { full: 'auto', semi: 'auto', manual: 'by-hand', emergency: 'by-hand' },
  spawn: { full: 'auto', semi: 'approve', manual: 'by-hand', emergency: 'blocked' },
  'spawn-live': { full: 'auto', semi: 'approve', manual: 'by-hand', emergency: 'blocked' },
  enter: { full: 'auto', semi: 'auto', manual: 'by-hand', emergency: 'blocked' },
  'enter-live': { full: 'auto', semi: 'auto', manual: 'by-hand', emergency: 'blocked' },
  'enter-live-above': { full: 'auto', semi: 'approve', manual: 'by-hand', emergency: 'blocked' },
  'enter-asked': { full: 'auto', semi: 'approve', manual: 'by-hand', emergency: 'blocked' },
  'enter-chosen': { full: 'auto', semi: 'auto', manual: 'auto', emergency: 'blocked' },
  'enter-chosen-asked': { full: 'auto', semi: 'approve', manual: 'approve', emergency: 'blocked' },
  protect: { full: 'auto', semi: 'auto', manual: 'auto', emergency: 'auto' },
  reduce: { full: 'auto', semi: 'auto', manual: 'by-hand', emergency: 'auto' },
  'raise-limit': { full: 'step-up', semi: 'step-up', manual: 'step-up', emergency: 'blocked' },
  'deposit-request': { full: 'auto', semi: 'approve', manual: 'by-hand', emergency: 'blocked' },
  kill: { full: 'auto', semi: 'auto', manual: 'auto', emergency: 'auto' },
  'leave-emergency': { full: 'step-up', semi: 'step-up', manual: 'step-up', emergency: 'blocked' },
};

/** What becomes of an act: it goes on, waits for an approval or a second proof, or is refused. */
export type Leave = 'go' | 'approval' | 'proof' | 'no';

/** Reads the table for whoever asks. Fails closed: an action or a mode that the table does not know is refused. */
export function mayAct(action: Action, mode: Mode, by: Asker): Leave {
  const answer = Object.hasOwn(MODE_TABLE, action) && isMode(mode) ? MODE_TABLE[action][mode] : 'blocked';
  switch (answer) {
    case 'auto':
      return 'go';
    case 'approve':
      return by === 'master' ? 'go' : 'approval';
    case 'by-hand':
      return by === 'master' ? 'go' : 'no';
    case 'step-up':
      return by === 'master' ? 'proof' : 'no';
    case 'blocked':
      return 'no';
  }
}

export const isMode = (text: unknown): text is Mode => MODES.some((mode) => mode === text);

/** How far an agent may go by itself; more is freer. */
const FREEDOM: Readonly<Record<ChosenMode, number>> = { manual: 0, semi: 1, full: 2 };

/** What a change of the chosen mode is: lowering asks nothing, raising a second proof and a reason. */
export const changeOf = (from: ChosenMode, to: ChosenMode): 'same' | 'lower' | 'raise' =>
  FREEDOM[to] === FREEDOM[from] ? 'same' : FREEDOM[to] < FREEDOM[from] ? 'lower' : 'raise';

/** Share of the equity that one entry with real money may plan to lose before it needs an approval of its own, in semi. */
export const ENTRY_THRESHOLD = '0.005';
