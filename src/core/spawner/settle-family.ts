import type { Regime } from '../analyst/types.ts';
import type { FamilyName } from '../domain/strategy.ts';
import { numberText } from '../kernel/number-text.ts';
import { answersOnlyItsMoment, type FamilyChoice, regimeWords } from './choose-family.ts';
import type { FamilyCandidate, FamilyPreference } from './prefer-family.ts';
import type { FamilySwitch, LastFamilies } from './types.ts';

/**
 * How much better, in R on average, another family must be before it takes the place of the one that traded this market in this regime last.
 * Averages of some dozen trades move by less from one lesson to the next, and each lesson is left out of a quarter of the decisions by chance.
 */
export const SWITCH_MARGIN_R = 0.1;

export type Settling = {
  readonly choice: FamilyChoice & { readonly kind: 'family' };
  readonly preferred: FamilyPreference;
  readonly regime: Regime;
  readonly last: LastFamilies | undefined;
  readonly weigh: (family: FamilyName) => FamilyCandidate;
};

const words = (family: FamilyName): string => family.replaceAll('-', ' ');
const meanOf = ({ memory: { posterior } }: FamilyCandidate): number =>
  posterior.kind === 'estimate' ? posterior.mean : 0;

/** The family of last time in this regime, when it may answer now too; one that is made for a moment alone does not stay beyond it. */
function incumbentOf({ choice, preferred, regime, last }: Settling): FamilyName | undefined {
  const held = last?.inRegime[regime];
  if (held === undefined || held === preferred.family || choice.forMoment) return undefined;
  const answers = held === choice.family || choice.others.includes(held);
  return answers && !answersOnlyItsMoment(held, regime) ? held : undefined;
}

/**
 * Keeps the family that traded this market in this regime last, unless memory refuses it or the preferred one is better by the margin. So a
 * switch inside a regime needs a reason that is larger than the noise of what is remembered; a change of regime needs none.
 */
export function settleFamily(settling: Settling): FamilyPreference {
  const { preferred, weigh } = settling;
  const held = incumbentOf(settling);
  if (held === undefined) return preferred;
  const incumbent = weigh(held);
  const better = meanOf(preferred) - meanOf(incumbent);
  if (incumbent.memory.verdict === 'refuse' || better >= SWITCH_MARGIN_R) return preferred;
  const by = `${words(preferred.family)} is ahead by ${numberText(better, 3)} R, and ${SWITCH_MARGIN_R} R is needed to switch`;
  return { ...incumbent, why: `${words(held)} is kept: ${by}` };
}

/** From what to what and why, when another family than the last one of this market is spawned. */
export function switchOf(settling: Settling, chosen: FamilyPreference): FamilySwitch | undefined {
  const { choice, regime, last, weigh } = settling;
  if (last === undefined || last.newest.family === chosen.family) return undefined;
  const from = last.newest;
  const to = { family: chosen.family, regime };
  const switched = (cause: FamilySwitch['cause'], why: string): FamilySwitch => ({ from, to, cause, why });
  if (from.regime !== regime)
    return switched('regime', `the judgement went from "${regimeWords(from.regime)}" to "${regimeWords(regime)}"`);
  if (choice.forMoment) return switched('moment', `the moment calls for ${words(choice.family)} before all others`);
  const answers = from.family === choice.family || choice.others.includes(from.family);
  if (!answers || answersOnlyItsMoment(from.family, regime))
    return switched('moment', `what ${words(from.family)} was made for is over`);
  const before = weigh(from.family);
  if (before.memory.verdict === 'refuse') return switched('risk', before.memory.summary);
  const better = numberText(meanOf(chosen) - meanOf(before), 3);
  return switched(
    'memory',
    `memory has ${words(chosen.family)} ahead of ${words(from.family)} by ${better} R on average, and ${SWITCH_MARGIN_R} R is needed`,
  );
}
