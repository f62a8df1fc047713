import type { Scope } from './define.ts';

/**
 * Who speaks with the engine. `window` is the desktop window with its tray, `page` a browser on this machine, `terminal` is `mt`; the two
 * tokens are for programs of the master's own that use the local API.
 */
export const FACES = ['window', 'page', 'terminal', 'trade_token', 'view_token'] as const;
export type Face = (typeof FACES)[number];

/** What each may do at most. Keys, the vault and proofs are for the faces that a person sits at. */
export const FACE_SCOPE: Readonly<Record<Face, Scope>> = {
  window: 'admin',
  page: 'admin',
  terminal: 'admin',
  trade_token: 'trade',
  view_token: 'view',
};

export const FACE_WORDS: Readonly<Record<Face, string>> = {
  window: 'the window',
  page: 'a browser page',
  terminal: 'the terminal',
  trade_token: 'the trade token',
  view_token: 'the view token',
};
