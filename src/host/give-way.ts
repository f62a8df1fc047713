import { constants, setPriority } from 'node:os';

/**
 * Lets this thread wait for the others: long computing must not take the processor from a window that is being used. Only Linux gives a single
 * thread a priority of its own; elsewhere the same call would slow down the engine with it, so there nothing is done.
 */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
}
