import { z } from 'zod';

export const apiKeySchema = z.strictObject({
  key: z.string().min(1),
  secret: z.string().min(1),
  account: z.string().min(1).default('master'),
  /** What the venue lets the key do; a key that may withdraw is what the product must refuse. */
  read: z.boolean().default(true),
  trade: z.boolean().default(true),
  withdraw: z.boolean().default(false),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export type ApiKeys = {
  find(key: string | undefined): ApiKey | undefined;
  set(key: ApiKey): void;
  all(): readonly ApiKey[];
};

export function createApiKeys(initial: readonly ApiKey[]): ApiKeys {
  const keys = new Map(initial.map((key) => [key.key, key]));
  return {
    find: (key) => (key === undefined ? undefined : keys.get(key)),
    set: (key) => keys.set(key.key, key),
    all: () => [...keys.values()],
  };
}
