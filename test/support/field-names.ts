import { z } from 'zod';

/** Names of the fields of a schema, as deep as they go. */
export function fieldNames(schema: z.ZodType): readonly string[] {
  const walk = (part: unknown): readonly string[] => {
    if (typeof part !== 'object' || part === null) return [];
    const own = 'properties' in part ? Object.keys(part.properties ?? {}) : [];
    return [...own, ...Object.values(part).flatMap(walk)];
  };
  return walk(z.toJSONSchema(schema, { unrepresentable: 'any' }));
}
