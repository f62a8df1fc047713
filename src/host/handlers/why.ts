import {
  type Ablation,
  ablate,
  type Label,
  labelOf,
  modelJudge,
  type NoLabel,
  rulesJudge,
} from '#core/analyst/ablation.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { assessmentOfRecords, contextOfRecords, recorded } from '#core/cycle/recorded-context.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { AblationView, WhyView } from '#shared/contract/receipts.ts';
import { findRun } from '../find-run.ts';
import type { EngineParts } from '../parts.ts';

const ABLATION_DEADLINE_MS = 60_000;

const labelView = (label: Label | NoLabel): AblationView['original'] =>
  label.regime === null
    ? { regime: null, bias: null, confidence: null, why: label.why.slice(0, 400) }
    : { regime: label.regime, bias: label.bias, confidence: label.confidence, why: null };

const ablationView = ({ original, reproduces, blocks, decisive }: Ablation): AblationView => ({
  original: labelView(original),
  reproduces,
  blocks: blocks.map((one) => ({ ...one, label: one.label === null ? null : labelView(one.label) })),
  decisive: [...decisive],
});

/** Why a run was judged as it was: the rules always, and a model where one is at hand. */
export function createWhyHandlers(
  { storage, models }: EngineParts,
  newestCycle: () => number,
): Pick<AppHandlers, 'receipts.why'> {
  return {
    async 'receipts.why'({ run, model: path }): Promise<WhyView> {
      const records = findRun(storage.journal, newestCycle(), run);
      const [first] = records;
      const context = contextOfRecords(records);
      const assessment = assessmentOfRecords(records);
      if (first === undefined || context === undefined || assessment === undefined)
        throw new Fault('not_found', `run ${first?.runId ?? run} ended before it judged anything`, 'name another run');
      const rules = await ablate(context, rulesJudge(judgeByRules), labelOf(assessment.rules));
      const model = await models.choose(path);
      const asked = recorded(records, 'analyst.asked')?.receipt;
      const byModel =
        model === undefined
          ? null
          : await ablate(
              context,
              modelJudge({
                inference: model.inference,
                prompt: model.prompt,
                seed: asked?.samples[0]?.seed ?? 0,
                deadlineMs: ABLATION_DEADLINE_MS,
                masked: asked?.masked ?? false,
              }),
            );
      const decided = recorded(records, 'spawner.decided');
      const factor = decided?.memory?.factor ?? null;
      return {
        cycle: first.cycle,
        runId: first.runId,
        rules: ablationView(rules),
        model: byModel === null ? null : ablationView(byModel),
        modelWhy: byModel === null ? 'no model is chosen: name its file with --model' : null,
        memory: { recalled: decided?.recalled ?? 0, factor, flips: factor === '0' },
      };
    },
  };
}
