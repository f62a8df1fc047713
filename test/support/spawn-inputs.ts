import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { familyOf } from '#core/agent/family-registry.ts';
import type { Assessment, Judgement } from '#core/analyst/types.ts';
import type { Fact, MarketContext } from '#core/context/types.ts';
import { type FactId, type Hash, type InstrumentId, type LessonId, type RunId, unixMs } from '#core/domain/ids.ts';
import { type Digest, hashOf } from '#core/kernel/ids.ts';
import type { Lesson, RecalledLesson } from '#core/memory/types.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import type { SpawnInput } from '#core/spawner/spawn.ts';

export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest('hex') as Hash;

export const PROMPTS = resolve(import.meta.dirname, '../../resources/prompts');
export const NOW = unixMs(1_700_006_400_000);
export const BTC = 'BTC/USDT.SIM' as InstrumentId;

/** A context with these facts and no others. */
export function contextOf(
  facts: Readonly<Record<string, number>> = {},
  changes: Partial<MarketContext> = {},
): MarketContext {
  const list = Object.entries(facts).map(
    ([name, value], index): Fact => ({
      id: `F${String(index + 1).padStart(2, '0')}` as FactId,
      name,
      label: name,
      value,
      unit: 'index',
      interval: '1h',
    }),
  );
  const content = {
    snapshotHash: sha256('snapshot'),
    instrumentId: BTC,
    interval: '1h' as const,
    asOf: NOW,
    dataAgeMs: 0,
    lastClose: 26_000.5,
    facts: list,
    patterns: [],
    ...changes,
  };
  return { ...content, hash: hashOf(sha256, 'market-context', content) };
}

export function assessmentOf(context: MarketContext, changes: Partial<Judgement> = {}): Assessment {
  const judgement: Judgement = {
    regime: 'trending_up',
    bias: 'long',
    confidence: 0.7,
    evidence: [],
    reasons: ['Trend strength (ADX 14) is 31.'],
    ...changes,
  };
  return {
    ...judgement,
    contextHash: context.hash,
    source: 'rules',
    rules: judgement,
    model: { kind: 'absent', why: 'no model' },
  };
}

export function lessonOf(id: string, changes: Partial<Lesson> = {}): Lesson {
  return {
    id: `L-${id}` as LessonId,
    runId: `R-${id}` as RunId,
    instrumentId: BTC,
    interval: '1h',
    regime: 'trending_up',
    family: 'trend-following',
    parameters: {},
    specHash: sha256(id),
    decidedAt: unixMs(NOW - 7_200_000),
    resolvedAt: unixMs(NOW - 3_600_000),
    features: {},
    outcomeR: '-1',
    outcomeMoney: '-50',
    fees: '1',
    traded: true,
    text: 'A lesson.',
    ...changes,
  };
}

export const recalled = (lesson: Lesson, similarity = 0.9): RecalledLesson => ({ lesson, similarity });

/** Everything that spawning needs, with a rising market unless changed. */
export function spawnInputOf(judgement: Partial<Judgement> = {}, changes: Partial<SpawnInput> = {}): SpawnInput {
  const context = changes.context ?? contextOf({ adx14: 31 });
  return {
    digest: sha256,
    assessment: assessmentOf(context, judgement),
    context,
    lessons: [],
    policy: DEFAULT_SPAWN_POLICY,
    families: familyOf,
    promptParts: loadPromptParts(PROMPTS, sha256),
    seed: 7,
    now: NOW,
    ...changes,
  };
}
