import type { Assessment } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import { type Hash, type UnixMs, unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import type { FamilyName } from '../domain/strategy.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import { numberText } from '../kernel/number-text.ts';
import type { RecalledLesson } from '../memory/types.ts';
import type { NewsReading } from '../news/types.ts';
import type { PromptParts } from '../ports/prompt-parts.ts';
import { agreementOf, disagreementWhy } from './agreement.ts';
import { chooseFamily, regimeWords } from './choose-family.ts';
import { buildEnvelope } from './envelope.ts';
import { assembleInstructions } from './instructions.ts';
import { hasSay, weighLessons } from './memory-evidence.ts';
import { weighNews } from './news-evidence.ts';
import { type FamilyCandidate, preferFamily } from './prefer-family.ts';
import { settleFamily, switchOf } from './settle-family.ts';
import { tuneParameters } from './tuning.ts';
import type {
  AgentSpec,
  FamilySheets,
  LastFamilies,
  Lifespan,
  SpawnDecision,
  SpawnMemory,
  SpawnPolicy,
} from './types.ts';

export type SpawnInput = {
  readonly digest: Digest;
  readonly assessment: Assessment;
  readonly context: MarketContext;
  readonly lessons: readonly RecalledLesson[];
  /** Recalled too, but left out by chance: nothing of them reaches the decision. */
  readonly withheld?: readonly RecalledLesson[];
  readonly policy: SpawnPolicy;
  readonly families: FamilySheets;
  readonly promptParts: PromptParts;
  /** What the news said at the moment; undefined where none is followed. It can only speak against. */
  readonly news?: NewsReading | undefined;
  /** What was spawned in this market before; undefined when nothing was, or where no past counts. */
  readonly last?: LastFamilies | undefined;
  readonly seed: number;
  readonly now: UnixMs;
  readonly parents?: readonly Hash[];
};

/**
 * Turns a judgement into an agent, or declines with the reason. A pure function: the same input gives the same hash.
 * The assessment only chooses among families; sizes, stops and life come from the policy and can only become tighter.
 * Throws on a context or a lesson that is later than `now`, and on an assessment of another context.
 */
export function spawn(input: SpawnInput): SpawnDecision {
  const { assessment, context, policy, now } = input;
  if (context.asOf > now) throw new RangeError(`the context is of ${context.asOf}, later than ${now}`);
  if (input.news !== undefined && input.news.asOf > now)
    throw new RangeError(`the news are of ${input.news.asOf}, later than ${now}`);
  if (assessment.contextHash !== context.hash) throw new Error('the assessment is about another context');

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
  const lifespan: Lifespan = {
    expiresAt: unixMs(now + policy.maxBars * INTERVAL_MS[context.interval]),
    maxBars: policy.maxBars,
  };
  const facts = {
    context,
    assessment,
    family,
    parameters,
    policy,
    envelope,
    envelopeWhy,
    lifespan,
    memory,
  };
  const instructions = assembleInstructions(input.promptParts, facts);
  const content: Omit<AgentSpec, 'hash'> = {
    parents: input.parents ?? [],
    snapshotHash: context.snapshotHash,
    contextHash: context.hash,
    regime: assessment.regime,
    confidence: assessment.confidence,
    analystSource: assessment.source,
    family,
    parameters,
    instrumentId: context.instrumentId,
    interval: context.interval,
    instructions: instructions.text,
    promptParts: instructions.parts.map(({ id, version, hash }) => ({ id, version, hash })),
    envelope,
    lifespan,
    lessons: memory.uses,
    seed: input.seed,
  };
  const switched = switchOf(settling, chosen);
  return {
    kind: 'spawn',
    spec: { ...content, hash: specHash(input.digest, content) },
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

/** Hash of a spec's content; also how a stored spec is checked. */
export function specHash(digest: Digest, spec: Omit<AgentSpec, 'hash'> | AgentSpec): Hash {
  const { hash: _own, ...content } = { hash: undefined, ...spec };
  return hashOf(digest, 'agent-spec', content);
}

const spawnWhy = (assessment: Assessment, family: string, memory: string): string =>
  `The judgement is "${regimeWords(assessment.regime)}" (confidence ${numberText(assessment.confidence, 3)}), which calls for ${family.replaceAll('-', ' ')}; ${memory}.`;

const firstUpper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
