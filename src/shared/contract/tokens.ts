import { z } from 'zod';
import { call } from './define.ts';
import { nothing, unixMsNumber } from './primitives.ts';

export const tokenName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'is no name of a token: small letters, digits and hyphens, at most 30');
/** `view` looks, `trade` also acts. What decides in the master's place is for no token. */
export const tokenScope = z.enum(['view', 'trade']);

/** What may be shown of a token: everything but itself. Moments are the machine's. */
export const tokenView = z.strictObject({
  name: tokenName,
  scope: tokenScope,
  madeAt: unixMsNumber,
  /** Null: until it is revoked. */
  expiresAt: unixMsNumber.nullable(),
  expired: z.boolean(),
});
export type TokenView = z.infer<typeof tokenView>;

export const tokenList = z.strictObject({ tokens: z.array(tokenView) });

export const tokensContract = {
  'tokens.list': call('admin', nothing, tokenList),
  /** The token is made by the face that shows it once, and handed in, as a recovery code is: nothing ever gives one out. */
  'tokens.make': call(
    'admin',
    z.strictObject({
      name: tokenName,
      scope: tokenScope,
      expiresAt: unixMsNumber.nullable(),
      token: z.string().regex(/^[0-9a-f]{64}$/, 'is no token of 32 random bytes in hex'),
    }),
    tokenList,
  ),
  /** Whatever is connected with it learns nothing more. */
  'tokens.revoke': call('admin', z.strictObject({ name: tokenName }), tokenList),
} as const;
