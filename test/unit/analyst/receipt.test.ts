import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { assess } from '#core/analyst/assess.ts';
import {
  isKept,
  type ModelReceipt,
  readReceipt,
  recordReceipt,
  requestHash,
  requestOf,
} from '#core/analyst/receipt.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { SCRIPTED_MODEL, type ScriptLine, scriptedInference } from '../../support/scripted-inference.ts';
import { idOf, RISING } from './model-context.ts';

const prompt = { id: 'analyst-system', version: 3, text: 'Label the market.', hash: sha256('prompt') };
const GOOD = JSON.stringify({
  regime: 'trending_up',
  bias: 'long',
  confidence: '0.7',
  evidence: [idOf('drift168')],
});
const answer = (text: string, tokenIds?: readonly number[]): ScriptLine => ({
  kind: 'answer',
  text,
  tokens: 1,
  elapsedMs: 3,
  ...(tokenIds === undefined ? {} : { tokenIds }),
});

async function receiptOf(lines: readonly ScriptLine[], samples = 1, status = SCRIPTED_MODEL) {
  const inference = scriptedInference(lines, status);
  const receipts: ModelReceipt[] = [];
  const assessment = await assess({
    context: RISING,
    judgeByRules,
    model: { inference, prompt, deadlineMs: 100, samples },
    seed: 41,
    digest: sha256,
    onAsked: (receipt) => receipts.push(receipt),
  });
  return { receipts, assessment, asked: inference.asked };
}

describe('the receipt of a question to a model', () => {
  it('holds the very requests that were sent, the model and the tokens of the answer', async () => {
    const canary = { ...SCRIPTED_MODEL, canary: 'bit-exact' };
    const { receipts, assessment, asked } = await receiptOf([answer(GOOD, [5, 8, 13])], 1, canary);
    const [receipt] = receipts;
    if (receipt === undefined) throw new Error('no receipt');
    expect(receipts).toHaveLength(1);
    expect(receipt.samples.map((sample) => requestOf(receipt.question, sample))).toEqual(
      asked.map(({ request }) => request),
    );
    expect(receipt).toMatchObject({
      snapshotHash: RISING.snapshotHash,
      contextHash: RISING.hash,
      promptVersion: 'analyst-system@3',
      model: { name: 'scripted', hash: SCRIPTED_MODEL.hash, build: 'script', canary: 'bit-exact' },
      samples: [{ seed: 41, temperature: 0, reply: { kind: 'answer', text: GOOD, tokenIds: [5, 8, 13] } }],
    });
    const [first] = receipt.samples;
    expect(first && requestHash(sha256, requestOf(receipt.question, first))).toBe(assessment.provenance?.promptHash);
  });

  it('is written of an answer that did not come as well, and of none when nobody was asked', async () => {
    const late = await receiptOf([{ kind: 'late', why: 'no answer within 100 ms' }]);
    expect(late.receipts[0]?.samples[0]?.reply).toEqual({ kind: 'late', why: 'no answer within 100 ms' });
    const nobody = await receiptOf([GOOD], 1, { kind: 'absent', why: 'none' } as never);
    expect(nobody.receipts).toEqual([]);
  });

  it('comes back from its record as it was, grammar order included; a changed or missing text is found out', async () => {
    const { receipts } = await receiptOf([answer(GOOD, [1, 2])], 3);
    const [receipt] = receipts;
    if (receipt === undefined) throw new Error('no receipt');
    const { record, texts } = recordReceipt(sha256, receipt);
    const stored = JSON.parse(JSON.stringify(record)) as typeof record;
    const textOf = (hash: string): string => {
      const found = texts.find((text) => text.hash === hash);
      if (found === undefined) throw new Error(`no text ${hash}`);
      return found.text;
    };
    const again = readReceipt(stored, textOf);
    expect(again).toEqual(receipt);
    expect(JSON.stringify(again.question.schema)).toBe(JSON.stringify(receipt.question.schema));
    expect(texts.every((text) => isKept(sha256, text))).toBe(true);
    expect(texts.some((text) => isKept(sha256, { ...text, text: `${text.text} ` }))).toBe(false);
    // The instructions and the grammar are not in the record itself: it grows with the facts of the moment alone.
    expect(JSON.stringify(record)).not.toContain(receipt.question.system);
  });
});
