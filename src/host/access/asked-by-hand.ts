import type { Asker } from '#core/automation/types.ts';
import { whoAsks } from './caller.ts';

/** Whose hand asks for what is done by hand: a program's where a token did, else the master's, who sits at every other face. */
export function askedByHand(): Extract<Asker, 'master' | 'program'> {
  const face = whoAsks()?.caller.face;
  return face === 'trade_token' || face === 'view_token' ? 'program' : 'master';
}
