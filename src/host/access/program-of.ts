import type { ApiTokens } from './api-tokens.ts';
import type { Program } from './caller.ts';

/**
 * The program that comes with this token; undefined for a token that does not stand. `tokens` is undefined while no engine is open: nobody comes in
 * by name then, and who is in already is refused by the state of the vault.
 */
export function programOf(
  given: string,
  tokens: () => Pick<ApiTokens, 'find' | 'stands'> | undefined,
): Required<Program> | undefined {
  const found = tokens()?.find(given);
  if (found === undefined) return undefined;
  return {
    face: found.scope === 'view' ? 'view_token' : 'trade_token',
    token: { name: found.name, stands: () => tokens()?.stands(found) ?? true },
  };
}
