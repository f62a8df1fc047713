import type { FamilyName } from '../domain/strategy.ts';
import { numberText } from '../kernel/number-text.ts';
import type { MemoryEvidence } from './memory-evidence.ts';

/** A family that answers the regime, with what memory says about it. */
export type FamilyCandidate = { readonly family: FamilyName; readonly memory: MemoryEvidence };

/** The chosen one, and in words why it is another than the regime's first. */
export type FamilyPreference = FamilyCandidate & { readonly why: string | undefined };

/**
 * Which of the families that answer a regime is used. The regime's own order holds until memory knows better: a later family comes first
 * when the low end of its interval is above the average of the one it would replace (zero while that one has not enough data), and a
 * family that memory refuses gives way to the best that is not refused. Better results of a family can therefore only help it.
 */
export function preferFamily(candidates: readonly [FamilyCandidate, ...FamilyCandidate[]]): FamilyPreference {
  const [first] = candidates;
  const open = candidates.filter(({ memory }) => memory.verdict !== 'refuse');
  const standing = open[0];
  if (standing === undefined) return { ...first, why: undefined };
  const bar = meanOf(standing);
  const [better] = open
    .filter(({ memory }) => memory.posterior.kind === 'estimate' && memory.posterior.low > bar)
    .toSorted((a, b) => meanOf(b) - meanOf(a));
  const chosen = better ?? standing;
  if (chosen === first) return { ...first, why: undefined };
  const refused = first.memory.verdict === 'refuse';
  const why = refused
    ? `${words(first.family)} is refused by memory`
    : `memory has ${words(chosen.family)} at ${numberText(meanOf(chosen), 3)} R on average, above ${words(first.family)}`;
  return { ...chosen, why };
}

const meanOf = ({ memory: { posterior } }: FamilyCandidate): number =>
  posterior.kind === 'estimate' ? posterior.mean : 0;

const words = (family: FamilyName): string => family.replaceAll('-', ' ');
