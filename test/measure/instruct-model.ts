import { cpus, loadavg } from 'node:os';
import { basename, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sha256 } from '#adapters/digest/sha256.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import type { InferenceReply } from '#core/ports/inference.ts';
import { measurePrefixReuse, runCanary } from '#host/models/canary.ts';
import { startTestEngine } from '../support/engine.ts';
import { startLlama } from '../support/llama.ts';
import { btcMoments } from '../support/real-moments.ts';
import { candleFile, instructModelFile, sharedPresent } from '../support/shared-material.ts';

/**
 * `npm run measure:model [-- MOMENTS]`: a real instruction model judges real moments of bitcoin and drives a whole cycle. Prints how long an answer takes, how
 * fast it reads and writes, and how often its answer was carried by the facts. It is a measurement of plumbing: a model of this size cannot judge a market.
 */
const path = instructModelFile();
if (path === undefined || !sharedPresent) {
  console.log(
    `not run: ${path === undefined ? 'no instruction model is at hand (MT_INSTRUCT_MODEL)' : '../shared absent'}`,
  );
  process.exit(0);
}
const moments = Number(process.argv[2] ?? '10');
const prompt = loadPromptParts(resolve(import.meta.dirname, '../../resources/prompts'), sha256).get('analyst-system');
if (prompt === undefined) throw new Error('the analyst has no prompt');
const PATIENT_MS = 600_000;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const load = (): string => `load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`;

const { inference } = startLlama(path);
const status = await inference.ready();
if (status.kind !== 'ready') {
  console.log(`not run: ${status.kind === 'failed' ? status.why : status.kind}`);
  process.exit(1);
}
console.log(`${basename(path)}: ${status.build}; ${load()}`);

const replies: InferenceReply[] = [];
const outcomes: string[] = [];
const listening = {
  ...inference,
  async ask(...question: Parameters<typeof inference.ask>) {
    const reply = await inference.ask(...question);
    replies.push(reply);
    return reply;
  },
};
for (const context of btcMoments(moments, '2019-01-01T00:00:00Z', '2025-01-01T00:00:00Z')) {
  const { model, rules, regime } = await assess({
    context,
    judgeByRules,
    model: { inference: listening, prompt, deadlineMs: PATIENT_MS },
    seed: 1,
    digest: sha256,
  });
  outcomes.push(model.kind);
  console.log(
    `${new Date(context.asOf).toISOString().slice(0, 13)} rules ${rules.regime}: ${model.kind === 'used' ? `model stands: ${regime}` : `${model.kind}: ${model.why}`}`,
  );
}
const answers = replies.filter((reply) => reply.kind === 'answer');
const reading = answers.map(({ promptTokens = 0, firstTokenMs = 1 }) => (1000 * promptTokens) / firstTokenMs);
const writing = answers.map(({ tokens, elapsedMs, firstTokenMs = 0 }) => (1000 * tokens) / (elapsedMs - firstTokenMs));
console.log(
  `moments ${moments}: grounded ${outcomes.filter((kind) => kind === 'used').length}; ${[...new Set(outcomes)].map((kind) => `${kind} ${outcomes.filter((one) => one === kind).length}`).join(', ')}`,
);
console.log(
  `answer, median ${(median(answers.map(({ elapsedMs }) => elapsedMs)) / 1000).toFixed(1)} s, longest ${(Math.max(...answers.map(({ elapsedMs }) => elapsedMs)) / 1000).toFixed(1)} s; ` +
    `reads ${median(reading).toFixed(0)} and writes ${median(writing).toFixed(1)} tokens a second (questions of ${median(answers.map(({ promptTokens = 0 }) => promptTokens))} tokens, answers of ${median(answers.map(({ tokens }) => tokens))}); n ${answers.length}; ${load()}`,
);
const canary = await runCanary(inference, PATIENT_MS, Date.now);
console.log(`canary: ${canary.kind === 'graded' ? `${canary.canary.grade}, n ${canary.canary.n}` : canary.why}`);
const reuse = await measurePrefixReuse(inference, 3, PATIENT_MS);
console.log(
  `prefix reuse: ${reuse.reusedTokens} of ${reuse.promptTokens} tokens reused, other bits in ${reuse.otherBits} of ${reuse.n} answers, other tokens in ${reuse.otherTokens}`,
);
await inference.dispose();

const engine = await startTestEngine({ model: path });
const startedAt = performance.now();
const view = await engine.press({
  instrument: 'BTC/USDT',
  interval: '1h',
  market: { kind: 'file', path: candleFile('binance-BTCUSDT-1h.csv.gz') },
  at: Date.parse('2023-10-20T00:00:00Z'),
  seed: 7,
});
console.log(
  `whole cycle on the file market: ${view.state}, analyst ${view.assessment?.source} (model ${JSON.stringify(view.assessment?.model ?? null)}), ` +
    `result ${view.result?.outcome ?? 'none'}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s with loading and canary; ${load()}`,
);
await engine.close();
