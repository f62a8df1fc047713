import type { Face } from '#core/automation/types.ts';
import { whoAsks } from './caller.ts';

/**
 * Through which face somebody decides, for the journal. A person may say it more exactly (the tray is a part of the window), a program that
 * comes with a token may not: it would decide in the name of a face that somebody sits at.
 */
export function decidedThrough(said: Face): Face {
  const face = whoAsks()?.caller.face;
  if (face === 'trade_token' || face === 'view_token') return 'socket';
  if (face === undefined || said !== 'socket') return said;
  return face === 'terminal' ? 'terminal' : 'window';
}
