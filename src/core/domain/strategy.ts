import { FAMILIES } from '#shared/strategy-families.ts';

export { FAMILIES };
export type FamilyName = (typeof FAMILIES)[number];

/** Bounded numeric parameters of a family, validated by the family's own schema. Never money. */
export type FamilyParameters = { readonly [name: string]: number };
