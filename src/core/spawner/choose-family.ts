import type { Assessment, Regime } from '../analyst/types.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import type { FamilyName } from '../domain/strategy.ts';
import { numberText } from '../kernel/number-text.ts';
import type { NewsReading } from '../news/types.ts';

export type FamilyChoice =
  | {
      readonly kind: 'family';
      /** What answers the regime as long as memory knows nothing better. */
      readonly family: FamilyName;
      /** What answers it too, in order. */
      readonly others: readonly FamilyName[];
      /** It goes before all others because of something at this very moment. */
      readonly forMoment: boolean;
    }
  | { readonly kind: 'none'; readonly why: string };

/** What the choice knows of the moment beside the judgement. */
export type ChoiceMoment = { readonly interval: Interval; readonly news?: NewsReading | undefined };

/** A family that may answer a regime, why it is made for it, and when only. */
type Candidate = {
  readonly family: FamilyName;
  readonly because: string;
  readonly only?: (moment: ChoiceMoment) => boolean;
  /** When it goes before all others: by what the market does, never by what somebody wrote. None does in this release. */
  readonly first?: (moment: ChoiceMoment) => boolean;
  /** Made for a few hours alone: that it traded last is no reason to go on with it. */
  readonly fleeting?: true;
};
type Rule = { readonly candidates: readonly [Candidate, ...Candidate[]] } | { readonly standAside: string };

/** On longer candles a scalper has nothing to do. */
const SCALPING_MINUTES = 15;
const MINUTE_MS = 60_000;
const onShortCandles = ({ interval }: ChoiceMoment): boolean => INTERVAL_MS[interval] <= SCALPING_MINUTES * MINUTE_MS;
const withNews = ({ news }: ChoiceMoment): boolean => news !== undefined;

const patterns = 'A reader of patterns is made for shapes that have just been completed.';
const reaction: Omit<Candidate, 'family'> = {
  because: 'A news reader is made for the hours after an event, when price and volume agree with it.',
  only: withNews,
  fleeting: true,
};

/**
 * Which families answer which regime, the first being used as long as memory knows nothing better. This release trades spot and long
 * only, so falling markets have none. Families that need news are only there where news are followed, and never the first: what somebody
 * wrote must not decide who trades, or a false good word could open what nobody else would have opened.
 */
const RULES: Readonly<Record<Regime, Rule>> = {
  trending_up: {
    candidates: [
      { family: 'trend-following', because: 'A trend follower is made for moves that last.' },
      { family: 'dca', because: 'Buying in parts is made for a rise whose best moment nobody knows.' },
      { family: 'pattern-recognition', because: patterns },
      { family: 'scalping', because: 'A scalper is made for the short dips of a rise.', only: onShortCandles },
      { family: 'sentiment', because: 'A reader of moods is made for rises that the news agree with.', only: withNews },
      { family: 'news-reaction', ...reaction },
    ],
  },
  ranging: {
    candidates: [
      { family: 'mean-reversion', because: 'A range fader is made for moves that come back.' },
      { family: 'reversal', because: 'A reversal trader is made for falls that end inside a range.' },
      { family: 'scalping', because: 'A scalper is made for small moves on short candles.', only: onShortCandles },
      { family: 'pattern-recognition', because: patterns },
      { family: 'news-reaction', ...reaction },
    ],
  },
  breakout: {
    candidates: [
      {
        family: 'trend-following',
        because: 'A trend follower with short averages is made for a move that has just begun.',
      },
      { family: 'pattern-recognition', because: patterns },
      { family: 'news-reaction', ...reaction },
    ],
  },
  trending_down: {
    standAside: 'the market is trending down, and this release buys spot only: shorts are not part of it',
  },
  volatile: { standAside: 'the market is volatile: stops would be hit by noise, so it stands aside' },
  illiquid: { standAside: 'the market is illiquid: an exit could not be relied on, so it stands aside' },
};

export const regimeWords = (regime: Regime): string => regime.replaceAll('_', ' ');

const candidatesOf = (regime: Regime): readonly Candidate[] => {
  const rule = RULES[regime];
  return 'candidates' in rule ? rule.candidates : [];
};

/** Why this family answers that regime, in one sentence. Throws RangeError when it does not. */
export function becauseOf(family: FamilyName, regime: Regime): string {
  const found = candidatesOf(regime).find((candidate) => candidate.family === family);
  if (found === undefined) throw new RangeError(`${family} does not answer the regime ${regime}`);
  return found.because;
}

/** The regimes that a family may answer, in the order of the table; none for a name that is in it nowhere. */
export const regimesOf = (family: FamilyName): readonly Regime[] =>
  (Object.keys(RULES) as readonly Regime[]).filter((regime) =>
    candidatesOf(regime).some((candidate) => candidate.family === family),
  );

/** Whether a family is made for certain moments alone, so that it has no claim beyond them. */
export const answersOnlyItsMoment = (family: FamilyName, regime: Regime): boolean =>
  candidatesOf(regime).some((candidate) => candidate.family === family && candidate.fleeting === true);

/** Picks the families for the assessment, or says in plain words why none fits. Anything unknown or not a number means none. */
export function chooseFamily(assessment: Assessment, minConfidence: number, moment: ChoiceMoment): FamilyChoice {
  const { regime, bias, confidence } = assessment;
  if (!Object.hasOwn(RULES, regime)) return none(`no family is known for the regime "${regime}"`);
  const rule = RULES[regime];
  if ('standAside' in rule) return none(rule.standAside);
  if (!(confidence >= 0 && confidence <= 1)) return none('the confidence is not a number between 0 and 1');
  if (confidence < minConfidence) {
    return none(
      `the confidence in "${regimeWords(regime)}" is ${numberText(confidence, 3)}, below the ${numberText(minConfidence, 3)} that is needed`,
    );
  }
  if (bias === 'short')
    return none(
      `the judgement is "${regimeWords(regime)}" with a bias to the short side, and this release buys spot only`,
    );
  if (regime === 'breakout' && bias !== 'long') return none('the price is breaking out, but not clearly upwards');
  const open = rule.candidates.filter(({ only }) => only?.(moment) ?? true);
  const ahead = open.filter(({ first }) => first?.(moment) ?? false);
  const [family, ...others] = [...ahead, ...open.filter((one) => !ahead.includes(one))].map((one) => one.family);
  return family === undefined
    ? none(`no family for "${regimeWords(regime)}" fits this moment`)
    : { kind: 'family', family, others, forMoment: ahead.length > 0 };
}

const none = (why: string): FamilyChoice => ({ kind: 'none', why });
