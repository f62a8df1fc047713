/**
 * Keys that the master gave to programs of his own, by name. The key itself is shown once and kept nowhere: what is here is its SHA-256, and
 * 32 random bytes cannot be found from that. Moments are those of the machine's clock, because they bind programs of the real world.
 */
export type TokenPayloads = {
  'api_token.made': {
    readonly name: string;
    readonly scope: 'view' | 'trade';
    readonly hash: string;
    readonly at: number;
    /** Null: until it is revoked. */
    readonly expiresAt: number | null;
  };
  'api_token.revoked': { readonly name: string; readonly at: number };
};
