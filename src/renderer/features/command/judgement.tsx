import { Brain, Scale } from 'lucide-react';
import type { AssessmentView } from '#shared/contract/cycle.ts';
import { factText } from '#shared/format/facts.ts';
import { confidenceText } from '#shared/format/figures.ts';
import { regimeName, sentence } from '#shared/format/names.ts';

const WHY_RULES: Readonly<Record<AssessmentView['model']['outcome'], string>> = {
  used: 'The model answered in time and on the facts',
  absent: 'No model is installed',
  late: 'The model was too slow',
  failed: 'The model failed',
  invalid: 'The model broke its form',
  ungrounded: 'The model named facts that are not there',
  outvoted: 'The model has scored worse than the rules',
};

/** Whose answer stands, and why the other's does not. */
export function Source({ assessment }: { readonly assessment: AssessmentView }) {
  const { source, rules, model } = assessment;
  const agree = model.outcome === 'used' && rules.regime === assessment.regime;
  return (
    <p className="flex items-start gap-2 text-12 text-muted" data-testid="source" data-source={source}>
      {source === 'model' ? (
        <Brain aria-hidden size={14} className="mt-0.5 shrink-0 text-accent" />
      ) : (
        <Scale aria-hidden size={14} className="mt-0.5 shrink-0 text-accent" />
      )}
      <span className="min-w-0 break-words">
        <b className="font-bold text-ink">
          {source === 'model' ? "The model's answer stands" : "The rules' answer stands"}
        </b>
        {'. '}
        {source === 'model'
          ? agree
            ? `The rules agree (${confidenceText(rules.confidence)}).`
            : `The rules say ${regimeName(rules.regime).toLowerCase()} (${confidenceText(rules.confidence)}).`
          : `${WHY_RULES[model.outcome]}: ${model.why}`}
      </span>
    </p>
  );
}

/** Regime, direction and how sure the analyst is. */
export function Verdict({ assessment }: { readonly assessment: AssessmentView }) {
  const { regime, bias, confidence } = assessment;
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
      <div>
        <div className="text-11 text-faint">Regime</div>
        <div className="text-24 font-bold" data-testid="regime">
          {regimeName(regime)}
        </div>
      </div>
      <div>
        <div className="text-11 text-faint">Bias</div>
        <div className="text-15 leading-7 font-medium">
          {bias === 'none' ? 'No side' : bias === 'long' ? 'Long' : 'Short'}
        </div>
      </div>
      <div className="min-w-36">
        <div className="flex justify-between text-11 text-faint">
          <span>Confidence</span>
          <span className="figure text-12 text-ink">{confidenceText(confidence)}</span>
        </div>
        <div
          role="meter"
          aria-label="Confidence"
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={confidence}
          className="mt-2 mb-2 h-1.5 overflow-hidden rounded-control bg-bg3"
        >
          <div className="h-full bg-accent" style={{ width: `${Math.round(confidence * 100)}%` }} />
        </div>
      </div>
    </div>
  );
}

/** The facts the judgement rests on, with their values. */
export function Evidence({ assessment }: { readonly assessment: AssessmentView }) {
  if (assessment.evidence.length === 0) return <p className="text-12 text-muted">No single fact decided it.</p>;
  return (
    <table className="w-full text-12" aria-label="Evidence">
      <tbody>
        {assessment.evidence.map((fact) => (
          <tr key={fact.id} className="border-t border-hair first:border-t-0">
            <th scope="row" className="figure-mono w-12 py-1 text-left text-11 font-normal text-faint">
              {fact.id}
            </th>
            <td className="py-1 pr-3 text-muted">{sentence(fact.label)}</td>
            <td className="figure-mono py-1 text-right whitespace-nowrap" data-num="">
              {factText(fact)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
