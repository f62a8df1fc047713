import type { Assessment } from '../analyst/types.ts';
import type { FamilyName } from '../domain/strategy.ts';
import { numberText } from '../kernel/number-text.ts';
import type { RecalledLesson } from '../memory/types.ts';
import type { NewsReading } from '../news/types.ts';
import { agreementOf, disagreementWhy } from './agreement.ts';
import { chooseFamily, regimeWords } from './choose-family.ts';
import type { ChosenAgent } from './chosen.ts';
import { buildEnvelope, percentText } from './envelope.ts';
import { makeSpec, type SpecInput } from './make-spec.ts';
import { hasSay, weighLessons } from './memory-evidence.ts';
import { weighNews } from './news-evidence.ts';
import { type FamilyCandidate, preferFamily } from './prefer-family.ts';
import { settleFamily, switchOf } from './settle-family.ts';
import { tuneParameters } from './tuning.ts';
import type { FamilySheets, LastFamilies, SpawnDecision, SpawnMemory } from './types.ts';

export type SpawnInput = SpecInput & {
  readonly lessons: readonly RecalledLesson[];
  /** Recalled too, but left out by chance: nothing of them reaches the decision. */
  readonly withheld?: readonly RecalledLesson[];
  readonly families: FamilySheets;
  /** What the news said at the moment; undefined where none is followed. It can only speak against. */
  readonly news?: NewsReading | undefined;
  /** What was spawned in this market before; undefined when nothing was, or where no past counts. */
  readonly last?: LastFamilies | undefined;
  /** What somebody chose himself; then the judgement advises, and nothing of it decides. */
  readonly chosen?: ChosenAgent | undefined;
};

/**
 * Turns a judgement into an agent, or declines with the reason. A pure function: the same input gives the same hash.
 * The assessment only chooses among families; sizes, stops and life come from the policy and can only become tighter.
 * What somebody chose himself is taken as it is.
 * Throws on a context or a lesson that is later than `now`, and on an assessment of another context.
 */
export function spawn(input: SpawnInput): SpawnDecision {
  const { assessment, context, policy, now } = input;
  if (context.asOf > now) throw new RangeError(`the context is of ${context.asOf}, later than ${now}`);
  if (input.news !== undefined && input.news.asOf > now)
    throw new RangeError(`the news are of ${input.news.asOf}, later than ${now}`);
  if (assessment.contextHash !== context.hash) throw new Error('the assessment is about another context');

  if (input.chosen !== undefined) return spawnChosen(input, input.chosen);
  const choice = chooseFamily(assessment, policy.minConfidence, {
    interval: context.interval,
    news: input.news,
  });
  const { regime } = assessment;
  if (choice.kind === 'none') {
    const { uses } = weighLessons(input.lessons, null, regime, now);
    return { kind: 'no_trade', why: firstUpper(choice.why), lessons: uses, memory: memoryOf(input, [], '1') };
  }
  const agreement = agreementOf(assessment);
  if (agreement.factor === '0') {
    const { uses } = weighLessons(input.lessons, null, regime, now);
    return {
      kind: 'no_trade',
      why: firstUpper(disagreementWhy(assessment)),
      lessons: uses,
      memory: memoryOf(input, [], '1'),
    };
  }
  const weigh = (one: FamilyName): FamilyCandidate => ({
    family: one,
    memory: weighLessons(input.lessons, one, regime, now),
  });
  // A family of which nothing is known yet does not take the place of one that lost here: that would be hope, not evidence.
  const known = choice.others.map(weigh).filter((one) => one.memory.posterior.kind === 'estimate');
  const candidates = [weigh(choice.family), ...known] as const;
  const settling = { choice, preferred: preferFamily(candidates), regime, last: input.last, weigh };
  const chosen = settleFamily(settling);
  const { family, memory, why: preferred } = chosen;
  // One that is kept although too little is known of it was weighed all the same.
  const weighed = candidates.some((one) => one.family === family) ? candidates : [...candidates, chosen];
  const remembered = memoryOf(input, weighed, memory.factor);
  if (memory.verdict === 'refuse')
    return { kind: 'no_trade', why: firstUpper(memory.summary), lessons: memory.uses, memory: remembered };

  const news = weighNews(input.news);
  if (news?.verdict === 'refuse')
    return { kind: 'no_trade', why: firstUpper(news.summary), lessons: memory.uses, memory: remembered };

  const sheet = input.families(family);
  const parameters = sheet.parse({
    ...sheet.defaults,
    ...tuneParameters(family, assessment, context, policy.maxBars),
  });
  const { envelope, why: envelopeWhy } = buildEnvelope(policy, assessment.confidence, memory, agreement);
  const switched = switchOf(settling, chosen);
  return {
    kind: 'spawn',
    spec: makeSpec(input, { family, parameters, envelope, envelopeWhy, memory, maxBars: policy.maxBars }),
    why: spawnWhy(
      assessment,
      family,
      [preferred, memory.summary, news?.summary].filter((words) => words !== undefined).join('; '),
    ),
    memory: remembered,
    ...(switched === undefined ? {} : { switched }),
  };
}

function memoryOf(
  { lessons, withheld = [] }: SpawnInput,
  candidates: readonly FamilyCandidate[],
  factor: string,
): SpawnMemory {
  const weighed = [...lessons, ...withheld].filter((one) => candidates.some(({ family }) => hasSay(one, family)));
  return {
    withheld: withheld.map(({ lesson }) => lesson.id),
    weighed: weighed.map(({ lesson }) => lesson.id),
    factor,
    posteriors: candidates.map(({ family, memory: { posterior } }) => ({ family, posterior })),
  };
}

/** The master's own choice: no judgement, memory or news takes it from him, and each is said beside it. */
function spawnChosen(input: SpawnInput, chosen: ChosenAgent): SpawnDecision {
  const { assessment, now, policy } = input;
  const { family, parameters, limits, parent, by } = chosen;
  const memory = weighLessons(input.lessons, family, assessment.regime, now);
  const news = weighNews(input.news);
  const { riskPerTrade, maxNotionalFraction, dayLoss, maxBars } = limits;
  const { envelope } = buildEnvelope(policy, 1, { factor: '1' });
  const who = by === 'master' ? 'The master' : 'A program';
  const spec = makeSpec(
    { ...input, parents: parent === undefined ? [] : [parent.spec] },
    {
      family,
      parameters,
      envelope: { ...envelope, riskPerTrade, maxNotionalFraction, dayLoss },
      envelopeWhy: `Risk per trade ${percentText(riskPerTrade)}, as it was chosen with the agent.`,
      memory: { ...memory, uses: [] },
      maxBars,
      chosenBy: `${who} chose this family, its parameters and its limits.`,
    },
  );
  const after = parent === undefined ? '' : ` after ${parent.agentId}`;
  const advice = [memory.summary, news?.summary].filter((words) => words !== undefined).join('; ');
  return {
    kind: 'spawn',
    spec,
    why: `${who} chose ${family.replaceAll('-', ' ')}${after}; the judgement beside it is "${regimeWords(assessment.regime)}" (confidence ${numberText(assessment.confidence, 3)}), and ${advice}.`,
    // Nothing of memory decided, so that the end says nothing about its lessons.
    memory: memoryOf(input, [], '1'),
  };
}

const spawnWhy = (assessment: Assessment, family: string, memory: string): string =>
  `The judgement is "${regimeWords(assessment.regime)}" (confidence ${numberText(assessment.confidence, 3)}), which calls for ${family.replaceAll('-', ' ')}; ${memory}.`;

const firstUpper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
