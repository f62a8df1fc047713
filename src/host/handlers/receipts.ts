import { askAbout } from '#core/analyst/analyst-prompt.ts';
import { type ModelReceipt, questionOf, type ReceiptModel, requestOf } from '#core/analyst/receipt.ts';
import { type Changed, changedRequest, replay } from '#core/analyst/replay.ts';
import { contextOfRecords, receiptOfRecords } from '#core/cycle/recorded-context.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ReceiptView } from '#shared/contract/receipts.ts';
import { findRun } from '../find-run.ts';
import type { EngineParts } from '../parts.ts';

type ReceiptHandlers = Pick<AppHandlers, 'receipts.get' | 'receipts.replay'>;

/** A replay is in no hurry: nothing is decided by it. */
const REPLAY_DEADLINE_MS = 120_000;

const modelView = (model: ReceiptModel | null): ReceiptView['model'] =>
  model === null
    ? null
    : {
        name: model.name,
        hash: model.hash,
        build: model.build,
        threads: model.runtime?.threads ?? null,
        contextSize: model.runtime?.contextSize ?? null,
        batchSize: model.runtime?.batchSize ?? null,
        chatFormat: model.runtime?.chatFormat ?? null,
        canary: model.canary,
      };

export function createReceiptHandlers(
  { storage, texts, models }: EngineParts,
  newestCycle: () => number,
): ReceiptHandlers {
  /** A run's receipt and what it was about. */
  function receiptOf(run: string): {
    readonly records: readonly JournalRecord[];
    readonly receipt: ModelReceipt;
    readonly head: { readonly cycle: number; readonly runId: string };
  } {
    const records = findRun(storage.journal, newestCycle(), run);
    const receipt = receiptOfRecords(records, (hash) => texts.textOf(hash));
    const [first] = records;
    if (first === undefined || receipt === undefined)
      throw new Fault(
        'not_found',
        `run ${records[0]?.runId ?? run} asked no model: the rules judged alone`,
        'name a run that was spawned with --model, or whose engine had one',
      );
    return { records, receipt, head: { cycle: first.cycle, runId: first.runId } };
  }

  /** The question that this version would ask about the same facts, which is another one when the instructions were edited since. */
  async function askedToday(records: readonly JournalRecord[], receipt: ModelReceipt, path: string | undefined) {
    const model = await models.choose(path);
    if (model === undefined)
      throw new Fault(
        'bad_model',
        'no model is chosen',
        'name its file with --model, or start the engine with MT_MODEL',
      );
    const context = contextOfRecords(records);
    const [sample] = receipt.samples;
    const today =
      context === undefined ? undefined : askAbout(context, model.prompt, sample?.seed ?? 0, receipt.masked)?.request;
    const changed: readonly Changed[] =
      today === undefined || sample === undefined
        ? []
        : changedRequest(requestOf(receipt.question, sample), { ...today, temperature: sample.temperature });
    return { model, question: today === undefined ? undefined : questionOf(today), changed };
  }

  return {
    'receipts.get'({ run }) {
      const { receipt, head } = receiptOf(run);
      const { question, model, samples, ...rest } = receipt;
      return {
        ...head,
        ...rest,
        question: { ...question, schema: JSON.stringify(question.schema) },
        model: modelView(model),
        samples: samples.map(({ seed, temperature, reply }) => ({
          seed,
          temperature,
          outcome: reply.kind,
          text: reply.kind === 'answer' ? reply.text : reply.why,
          tokenIds: reply.kind === 'answer' && reply.tokenIds !== null ? [...reply.tokenIds] : null,
        })),
      };
    },
    async 'receipts.replay'({ run, model: path, seed, asToday }) {
      const { records, receipt, head } = receiptOf(run);
      const { model, question, changed } = await askedToday(records, receipt, path);
      const found = await replay({
        receipt,
        inference: model.inference,
        deadlineMs: REPLAY_DEADLINE_MS,
        instead: {
          ...(seed === undefined ? {} : { seed }),
          ...(asToday && question !== undefined ? { question } : {}),
        },
      });
      return {
        ...head,
        verdict: found.verdict,
        cause: found.cause,
        recordedModel: modelView(receipt.model),
        model: modelView(found.model),
        samples: found.samples.map((sample) => ({ ...sample, changed: sample.changed.map((item) => ({ ...item })) })),
        today: changed.map((item) => ({ ...item })),
      };
    },
  };
}
