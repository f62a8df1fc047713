import { detectOnlyFamily } from '../domain/detect-only.ts';
import { FAMILIES, type FamilyName } from '../domain/strategy.ts';
import { Fault } from '../kernel/fault.ts';
import { dca } from './families/dca.ts';
import { meanReversion } from './families/mean-reversion.ts';
import { newsReaction } from './families/news-reaction.ts';
import { patternRecognition } from './families/pattern-recognition.ts';
import { reversal } from './families/reversal.ts';
import { scalping } from './families/scalping.ts';
import { sentiment } from './families/sentiment.ts';
import { trendFollowing } from './families/trend-following.ts';
import type { StrategyFamily } from './types.ts';

const REGISTRY: Readonly<Record<FamilyName, StrategyFamily>> = {
  'trend-following': trendFollowing,
  'mean-reversion': meanReversion,
  scalping,
  dca,
  reversal,
  sentiment,
  'news-reaction': newsReaction,
  'pattern-recognition': patternRecognition,
};

/** The family of this name. Throws Fault `unsupported` for any other text, `constructor` included, and for what is only measured. */
export function familyOf(name: string): StrategyFamily {
  const measured = detectOnlyFamily(name);
  if (measured !== undefined)
    throw new Fault('unsupported', `${name} is detect-only: ${measured.why}`, measured.remedy);
  if (!Object.hasOwn(REGISTRY, name)) {
    throw new Fault('unsupported', `no strategy family "${name}"`, `Choose one of: ${FAMILIES.join(', ')}.`);
  }
  return REGISTRY[name as FamilyName];
}

/** All families in the order of their names' list, each with its summary. */
export const listFamilies = (): readonly StrategyFamily[] => FAMILIES.map((name) => REGISTRY[name]);
