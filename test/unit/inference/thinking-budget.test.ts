import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { createLlamaInference } from '#host/inference-process.ts';
import { createThinkingBudget, deadlineFor, withThinkingBudget } from '#host/models/thinking-budget.ts';
import { QUIET, smallQuestion } from '../../support/llama.ts';
import { loads, type Part, play, playedModelFile } from '../../support/played-worker.ts';
import { scriptedInference } from '../../support/scripted-inference.ts';
import * as fc from '../../support/seeded-check.ts';
import { idOf, RISING } from '../analyst/model-context.ts';

let folder = '';
let model = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mt-budget-'));
  model = playedModelFile(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.useRealTimers());

const measured = (promptTokens: number, promptMs: number, tokens: number, writingMs: number) => ({
  kind: 'answer' as const,
  text: '{}',
  tokens,
  elapsedMs: promptMs + writingMs,
  promptTokens,
  firstTokenMs: promptMs,
});

describe('the time that a model gets to think', () => {
  it('is all that the decision can wait before anything was measured', async () => {
    const inference = scriptedInference([measured(100, 100, 10, 100)]);
    await withThinkingBudget(inference).ask(smallQuestion(), 20_000);
    expect(inference.asked[0]?.deadlineMs).toBe(20_000);
  });

  it('is twice what the measured speed says, for the longest answer that the question allows', async () => {
    // 2 ms to read a token and 10 ms to write one: 120 tokens are allowed.
    const inference = scriptedInference([measured(100, 200, 10, 100)]);
    const budgeted = withThinkingBudget(inference);
    await budgeted.ask(smallQuestion({ maxTokens: 120 }), 20_000);
    await budgeted.ask(smallQuestion({ maxTokens: 120 }), 20_000);
    expect(inference.asked[1]?.deadlineMs).toBe(2 * (200 + 1_200));
    await budgeted.ask(smallQuestion({ maxTokens: 120 }), 1_500);
    expect(inference.asked[2]?.deadlineMs, 'never more than the decision can wait').toBe(1_500);
  });

  it('does not ask what this machine could not even read in time, says so, and tries again later', async () => {
    const inference = scriptedInference([measured(100, 30_000, 10, 100)]);
    const budgeted = withThinkingBudget(inference);
    await budgeted.ask(smallQuestion(), 60_000);
    expect(await budgeted.ask(smallQuestion(), 20_000)).toEqual({
      kind: 'late',
      why: 'not asked: reading the question takes 30.0 s on this machine and the decision waits 20.0 s',
    });
    expect(inference.asked).toHaveLength(1);
    await budgeted.ask(smallQuestion(), 20_000);
    expect(inference.asked, 'a machine that was busy once gets another chance').toHaveLength(2);
  });

  it('follows the middle of the last answers, not one that was disturbed', () => {
    const budget = createThinkingBudget();
    for (const ms of [10, 10, 5_000, 10, 10]) budget.note(smallQuestion(), measured(100, 100, 10, 10 * ms));
    expect(budget.expected(smallQuestion({ maxTokens: 50 }))?.writingMs).toBe(500);
  });

  it('learns nothing from an answer without a measurement', () => {
    const budget = createThinkingBudget();
    budget.note(smallQuestion(), { kind: 'answer', text: '{}', tokens: 1, elapsedMs: 0 });
    budget.note(smallQuestion(), { kind: 'late', why: 'no answer' });
    expect(budget.expected(smallQuestion())).toBeUndefined();
  });

  it('is never shorter than a second nor longer than the decision can wait', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.integer({ min: 1_000, max: 60_000 }),
        (readingMs, writingMs, most) => {
          const deadline = deadlineFor({ readingMs, writingMs }, most);
          expect(deadline).toBeGreaterThanOrEqual(1_000);
          expect(deadline).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

/** A model that reads and writes as slowly as `msPerToken` says at each question, in played time, and obeys an abort. */
function throttled(msPerToken: () => number): Part {
  let writing: NodeJS.Timeout | undefined;
  return (message, say, die) => {
    if (message.kind === 'load') loads(say);
    if (message.kind === 'stop') die('stopped');
    if (message.kind === 'abort') {
      clearTimeout(writing);
      say({ kind: 'aborted', id: message.id });
    }
    if (message.kind !== 'ask') return;
    const [promptTokens, tokens, ms] = [300, 80, msPerToken()];
    const firstTokenMs = (promptTokens * ms) / 10;
    const elapsedMs = firstTokenMs + tokens * ms;
    const text = JSON.stringify({
      regime: 'trending_up',
      bias: 'long',
      confidence: '0.4',
      evidence: [idOf('drift168')],
    });
    writing = setTimeout(
      () => say({ kind: 'answer', id: message.id, text, tokens, elapsedMs, promptTokens, firstTokenMs }),
      elapsedMs,
    );
  };
}

describe('a throttled model (X25)', () => {
  it('never delays a decision: each comes before its deadline, and what the model missed is labelled a fallback to the rules', async () => {
    // From 250 tokens a second down to one in two seconds, up and down, as a machine that is busy with other things.
    let question = 0;
    const msPerToken = (): number => 4 * 2 ** (7 * Math.abs(Math.sin(question++ / 15)));
    const process = createLlamaInference({
      modelPath: model,
      logger: QUIET,
      spawnWorker: () => play(throttled(msPerToken)),
    });
    await process.ready();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const inference = withThinkingBudget(process);
    const prompt = { id: 'analyst-system', version: 1, text: 'Label the market.', hash: sha256('prompt') };
    const mostMs = 20_000;
    const counts = { model: 0, late: 0, overtime: 0, unlabelled: 0 };
    for (let at = 0; at < 300; at += 1) {
      const startedAt = performance.now();
      let took: number | undefined;
      const deciding = assess({
        context: RISING,
        judgeByRules,
        model: { inference, prompt, deadlineMs: mostMs },
        seed: at,
        digest: sha256,
      }).finally(() => {
        took = performance.now() - startedAt;
      });
      while (took === undefined) await vi.advanceTimersByTimeAsync(25);
      const { source, model: outcome } = await deciding;
      if (took > mostMs + 25) counts.overtime += 1;
      if (source === 'model') counts.model += 1;
      else if (outcome.kind === 'late') counts.late += 1;
      else counts.unlabelled += 1;
    }
    vi.useRealTimers();
    await process.dispose();
    expect(counts).toMatchObject({ overtime: 0, unlabelled: 0 });
    expect(counts.model, 'a test without answers proves nothing').toBeGreaterThan(100);
    expect(counts.late, 'a test without overruns proves nothing').toBeGreaterThan(50);
  });
});
