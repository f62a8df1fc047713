import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { TokenView, tokensContract } from '#shared/contract/tokens.ts';
import { NOW } from './sample-market.ts';

/** Tokens that play their part: one that stands, one that has expired, and whatever is made. */
export function scriptedTokens(): Pick<AppHandlers, keyof typeof tokensContract> {
  let tokens: readonly TokenView[] = [
    { name: 'dashboard', scope: 'view', madeAt: NOW - 86_400_000, expiresAt: null, expired: false },
    { name: 'night-bot', scope: 'trade', madeAt: NOW - 172_800_000, expiresAt: NOW - 3_600_000, expired: true },
  ];
  const list = () => ({ tokens: [...tokens] });
  return {
    'tokens.list': list,
    'tokens.make': ({ name, scope, expiresAt }) => {
      tokens = [{ name, scope, madeAt: NOW, expiresAt, expired: false }, ...tokens];
      return list();
    },
    'tokens.revoke': ({ name }) => {
      tokens = tokens.filter((token) => token.name !== name);
      return list();
    },
  };
}
