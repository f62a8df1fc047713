/** What asks the master, from the freest to the strictest. Emergency is never chosen: it is what a halted engine is in. */
export const MODES = ['full', 'semi', 'manual', 'emergency'] as const;
export type Mode = (typeof MODES)[number];

/** The modes that the master chooses from. */
export const CHOSEN_MODES = ['full', 'semi', 'manual'] as const;
export type ChosenMode = (typeof CHOSEN_MODES)[number];

/**
 * Who wants to act: an agent by itself, the master with his own hands, or a program of the master's that came with a token. A token is not the
 * master's hand: whatever needs that is closed to a program.
 */
export const ASKERS = ['agent', 'master', 'program'] as const;
export type Asker = (typeof ASKERS)[number];

/** Through which face the master decided; `engine` where a rule did. */
export const FACES = ['window', 'terminal', 'tray', 'socket', 'engine'] as const;
export type Face = (typeof FACES)[number];
