import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { TokenView, tokensContract } from '#shared/contract/tokens.ts';
import type { ApiToken, ApiTokens } from '../access/api-tokens.ts';
import type { EngineParts } from '../parts.ts';

/** Tokens of programs: made, listed without themselves, and revoked. */
export function createTokenHandlers(
  tokens: ApiTokens,
  { market }: Pick<EngineParts, 'market'>,
): Pick<AppHandlers, keyof typeof tokensContract> {
  const view = (token: ApiToken): TokenView => ({
    name: token.name,
    scope: token.scope,
    madeAt: token.at,
    expiresAt: token.expiresAt,
    expired: !tokens.stands(token),
  });
  const list = () => ({ tokens: tokens.list().map(view) });
  return {
    'tokens.list': list,
    'tokens.make'(wanted) {
      tokens.make(wanted, market.clock.now());
      return list();
    },
    'tokens.revoke'({ name }) {
      tokens.revoke(name, market.clock.now());
      return list();
    },
  };
}
