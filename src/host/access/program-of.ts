import type { ApiTokens } from './api-tokens.ts';
import type { Program } from './caller.ts';

export type KnownTokens = {
  /** Those of the engine that is open; undefined while none is: nobody comes in by name then. */
  readonly open: () => Pick<ApiTokens, 'find'> | undefined;
  /**
   * Those of the engine that was open last. Only an open one makes or revokes tokens, so what it knew when it closed holds until the next one
   * is open, for whoever is in already: what may be asked of a sealed engine, the kill switch above all, is no business of a revoked token.
   */
  readonly newest: () => Pick<ApiTokens, 'stands'> | undefined;
};

/** The program that comes with this token; undefined for a token that does not stand. */
export function programOf(given: string, tokens: KnownTokens): Required<Program> | undefined {
  const found = tokens.open()?.find(given);
  if (found === undefined) return undefined;
  return {
    face: found.scope === 'view' ? 'view_token' : 'trade_token',
    token: { name: found.name, stands: () => tokens.newest()?.stands(found) ?? false },
  };
}
