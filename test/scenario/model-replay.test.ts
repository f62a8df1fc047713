import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { assess } from '#core/analyst/assess.ts';
import { type ModelReceipt, readReceipt, recordReceipt } from '#core/analyst/receipt.ts';
import { replay } from '#core/analyst/replay.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import type { LlamaInference } from '#host/inference-process.ts';
import { startLlama } from '../support/llama.ts';
import { btcMoments } from '../support/real-moments.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MODEL = 'minimind2-small-q8_0.gguf';
const DECISIONS = 50;
/** Every second decision is asked twice, so that answers drawn by chance are replayed as well. */
const samplesOf = (index: number): number => 1 + (index % 2);
const DEADLINE = 120_000;

/** A receipt as it comes back from the journal. */
function throughTheJournal(receipt: ModelReceipt): ModelReceipt {
  const { record, texts } = recordReceipt(sha256, receipt);
  return readReceipt(
    JSON.parse(JSON.stringify(record)),
    (hash) => texts.find((text) => text.hash === hash)?.text ?? '',
  );
}

describe.skipIf(notRunWithoutShared('replays of fifty decisions of a small real model'))(
  'fifty recorded decisions of a small real model on the CPU',
  { timeout: 1_200_000 },
  () => {
    const folder = tempFolder('mt-replay');
    const receipts: ModelReceipt[] = [];
    let again: LlamaInference;

    beforeAll(async () => {
      const prompt = loadPromptParts(resolve(import.meta.dirname, '../../resources/prompts'), sha256).get(
        'analyst-system',
      );
      if (prompt === undefined) throw new Error('the analyst has no prompt');
      const { inference } = startLlama(modelFile(MODEL));
      await inference.ready();
      for (const [index, context] of btcMoments(DECISIONS, '2019-01-01T00:00:00Z', '2025-01-01T00:00:00Z').entries())
        await assess({
          context,
          judgeByRules,
          model: { inference, prompt, deadlineMs: DEADLINE, samples: samplesOf(index) },
          seed: index + 1,
          digest: sha256,
          onAsked: (receipt) => receipts.push(throughTheJournal(receipt)),
        });
      await inference.dispose();
      // Another process, as after a restart.
      ({ inference: again } = startLlama(modelFile(MODEL)));
      await again.ready();
    }, 1_200_000);
    afterAll(async () => {
      await again?.dispose();
      folder.remove();
    });

    const drawn = (): readonly ModelReceipt[] => receipts.filter(({ samples }) => samples.length > 1);

    it('replay identical to the token in another process', async () => {
      expect(receipts).toHaveLength(DECISIONS);
      const found = [];
      for (const receipt of receipts) found.push(await replay({ receipt, inference: again, deadlineMs: DEADLINE }));
      const samples = found.flatMap((one) => one.samples);
      const tokens = samples.reduce((sum, { length }) => sum + length, 0);
      console.log(`replayed ${found.length} decisions, ${samples.length} answers, ${tokens} tokens: all identical`);
      expect(found.map(({ verdict }) => verdict)).toEqual(Array.from({ length: DECISIONS }, () => 'identical'));
      expect(samples.every(({ unit, changed }) => unit === 'token' && changed.length === 0)).toBe(true);
      expect(tokens).toBeGreaterThan(DECISIONS * 10);
    });

    it('name the seed when it is another one', async () => {
      let differed = 0;
      for (const receipt of drawn().slice(0, 4)) {
        const found = await replay({ receipt, inference: again, deadlineMs: DEADLINE, instead: { seed: 987_654_321 } });
        for (const sample of found.samples) {
          expect(sample.changed.map(({ cause }) => cause)).toEqual(['sampler']);
          // The greedy answer does not depend on chance; then no cause is named, because nothing came of it.
          expect(sample.cause).toBe(sample.verdict === 'differs' ? 'sampler' : null);
          if (sample.verdict === 'differs') differed++;
        }
      }
      expect(differed).toBeGreaterThan(0);
    });

    it('name the prompt when one byte of it is another one', async () => {
      let differed = 0;
      for (const receipt of receipts.slice(0, 4)) {
        const { user } = receipt.question;
        const question = { ...receipt.question, user: user.replace('Facts', 'facts') };
        const found = await replay({ receipt, inference: again, deadlineMs: DEADLINE, instead: { question } });
        for (const sample of found.samples) {
          expect(sample.changed).toEqual([{ cause: 'prompt', what: 'facts from character 1 on' }]);
          if (sample.verdict !== 'differs') continue;
          expect(sample.cause).toBe('prompt');
          differed++;
        }
      }
      expect(differed).toBeGreaterThan(0);
    });

    it('name the weights when bytes of them are other ones, or all of them are', async () => {
      const bytes = readFileSync(modelFile(MODEL));
      // The last quarter holds weights and no description of them.
      for (let at = Math.floor(bytes.length * 0.75); at < bytes.length; at += 997) bytes[at] = (bytes[at] ?? 0) ^ 0x11;
      const path = join(folder.path, 'touched.gguf');
      writeFileSync(path, bytes, { flag: 'wx' });
      const { inference: touched } = startLlama(path);
      const { inference: other } = startLlama(modelFile('stories260K-f32.gguf'));
      try {
        let differed = 0;
        for (const receipt of receipts.slice(0, 3)) {
          const found = await replay({ receipt, inference: touched, deadlineMs: DEADLINE });
          expect(found.samples[0]?.changed[0]?.cause).toBe('weights');
          if (found.verdict !== 'differs') continue;
          expect(found.cause).toBe('weights');
          differed++;
        }
        expect(differed).toBeGreaterThan(0);
        const [receipt] = receipts;
        if (receipt === undefined) throw new Error('no receipt');
        const story = await replay({ receipt, inference: other, deadlineMs: DEADLINE });
        console.log(`the other model: ${story.verdict} (${story.samples[0]?.again.slice(0, 80)})`);
        expect(story.verdict).not.toBe('identical');
        expect(story.samples[0]?.changed[0]?.cause).toBe('weights');
      } finally {
        await touched.dispose();
        await other.dispose();
      }
    });
  },
);
