/** The strategy families of this release. */
export const FAMILIES = ['trend-following', 'mean-reversion'] as const;
export type FamilyName = (typeof FAMILIES)[number];

/** Bounded numeric parameters of a family, validated by the family's own schema. Never money. */
export type FamilyParameters = { readonly [name: string]: number };
