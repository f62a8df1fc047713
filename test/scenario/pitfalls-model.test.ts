import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { MarketContext } from '#core/context/types.ts';
import type { InferenceRequest } from '#core/ports/inference.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { factText } from '#shared/format/facts.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type ScriptedReply, scriptedModelFile, scriptedWorker } from '../support/scripted-worker.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-pitfalls-model');
let running: TestEngine | undefined;
afterEach(() => running?.close());
afterAll(() => folder.remove());

const withModel = (answer: (request: InferenceRequest) => ScriptedReply | string) =>
  startTestEngine({ model: scriptedModelFile(folder.path), forkWorker: () => scriptedWorker(answer) });

/** Facts of an answer that says what the prompt itself reads in them: as good as a model can be. */
const AGREES = ({ user }: InferenceRequest): string => {
  const rising = /^(F\d+) .*\((?:rising|broke out above)\)$/m.exec(user)?.[1];
  const calm = /^(F\d+) .*\((?:calm|no trend|no drift|flat|narrow)\)$/m.exec(user)?.[1];
  return rising === undefined
    ? `{"regime":"ranging","bias":"none","confidence":"0.6","evidence":["${calm ?? 'F05'}"]}`
    : `{"regime":"trending_up","bias":"long","confidence":"0.9","evidence":["${rising}"]}`;
};

describe('row 50: one snapshot', () => {
  it('feeds prompt, screens and agent: the numbers of the prompt are those of the record, to the digit', async () => {
    const asked: InferenceRequest[] = [];
    running = await withModel((request) => {
      asked.push(request);
      return AGREES(request);
    });
    const views = [];
    for (const seed of [29, 3, 7]) views.push(await running.press({ seed }));
    const records = await running.records();
    for (const [index, view] of views.entries()) {
      const payload = (type: string) =>
        JSON.parse(records.find((record) => record.cycle === view.cycle && record.type === type)?.payload ?? 'null');
      const built = payload('context.built');
      const snapshot = payload('market.snapshot');
      const context = { facts: built.facts } as MarketContext;
      const lines = (asked[index]?.user ?? '').split('\n').slice(1, -1);
      expect(lines.length).toBeGreaterThan(5);
      for (const line of lines) {
        const fact = context.facts.find(({ id }) => line.startsWith(`${id} `));
        // As the screens write the recorded value, not as the prompt's own code would write it again.
        expect(fact === undefined ? 'no fact' : `${fact.id} ${fact.label} = ${factText(fact)}`).toBe(
          line.slice(0, line.lastIndexOf(' (')),
        );
      }
      // What the screens cite are the same facts.
      for (const shown of [...(view.assessment?.evidence ?? []), ...(view.assessment?.rules.evidence ?? [])])
        expect(built.facts).toContainEqual({ ...shown, interval: view.interval });
      // One hash joins snapshot, context, question and agent, and is shown.
      const receipt = await running.engine.handlers['receipts.get']({ run: String(view.cycle) });
      expect(receipt.question.user).toBe(asked[index]?.user);
      expect([receipt.snapshotHash, receipt.contextHash]).toEqual([snapshot.hash, built.hash]);
      const spec = payload('agent.spawned')?.spec;
      if (spec !== undefined) expect([spec.snapshotHash, spec.contextHash]).toEqual([snapshot.hash, built.hash]);
      expect(payload('analyst.assessed').assessment.contextHash).toBe(built.hash);
    }
    expect(views.some(({ agentSpec }) => agentSpec !== null)).toBe(true);
  });
});

describe('row 51: an answer that is no answer', () => {
  const WHOLE = '{"regime":"trending_up","bias":"long","confidence":"1.0","evidence":["F30"]}';
  const traded = ({ orders, fills, result }: CycleView) => ({
    orders: orders.map(({ side, type, quantity, purpose, status }) => ({ side, type, quantity, purpose, status })),
    fills: fills.map(({ side, price, quantity }) => ({ side, price, quantity })),
    outcome: result?.outcome,
  });

  it.each([
    ['is cut off', WHOLE.slice(0, 40)],
    ['is cut off at its last character', WHOLE.slice(0, -1)],
    ['is empty', ''],
    ['begins with its thoughts', `<think>It rises, so I buy.</think>${WHOLE}`],
    ['never ends thinking', '<think>On the one hand, on the other'],
    ['is fenced', `\`\`\`json\n${WHOLE}\n\`\`\``],
    ['is prose', 'I would buy with everything you have.'],
    ['is said twice', `${WHOLE}\n${WHOLE}`],
    ['writes digits until it is cut off', `{"regime":"trending_up","bias":"long","confidence":0.${'9'.repeat(300)}`],
    ['is in another language', 'Der Markt steigt, kaufen!'],
    ['repeats itself', 'up '.repeat(150)],
    ['is null', 'null'],
  ])('that %s trades nothing: the rules stand, and the outcome says so', async (_what, text) => {
    running = await startTestEngine();
    const alone = await running.press({ seed: 29 });
    await running.close();
    running = await withModel(() => text);
    const view = await running.press({ seed: 29 });
    expect(view.assessment?.model.outcome).toBe('invalid');
    expect(view.assessment?.model.why).toMatch(/^the answer is /);
    expect(view.assessment?.source).toBe('rules');
    // Whatever was traded is what the rules would have traded without a model.
    expect(traded(view)).toEqual(traded(alone));
  });

  it('and a whole one is told apart: the same words in one piece are judged by what they say', async () => {
    running = await withModel(AGREES);
    const view = await running.press({ seed: 29 });
    expect(['used', 'ungrounded']).toContain(view.assessment?.model.outcome);
  });
});
