import { Brain, Scale } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AssessmentView } from '#shared/contract/cycle.ts';
import { confidenceText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';

/** Whose answer stands, and why the other's does not. */
export function Source({ assessment }: { readonly assessment: AssessmentView }) {
  const { t } = useTranslation();
  const name = useNames();
  const { source, rules, model } = assessment;
  const confidence = confidenceText(rules.confidence);
  const agree = model.outcome === 'used' && rules.regime === assessment.regime;
  return (
    <p className="flex items-start gap-2 text-12 text-muted" data-testid="source" data-source={source}>
      {source === 'model' ? (
        <Brain aria-hidden size={14} className="mt-0.5 shrink-0 text-accent" />
      ) : (
        <Scale aria-hidden size={14} className="mt-0.5 shrink-0 text-accent" />
      )}
      <span className="min-w-0 break-words">
        <b className="font-bold text-ink">{t(source === 'model' ? 'run.judged.model' : 'run.judged.rules')}</b>{' '}
        {source !== 'model'
          ? t(`run.judged.whyRules.${model.outcome}`, { why: said(model.why) })
          : agree
            ? t('run.judged.agree', { confidence })
            : t('run.judged.disagree', { regime: name('regimes', rules.regime).toLowerCase(), confidence })}
      </span>
    </p>
  );
}

/** Regime, direction and how sure the analyst is. */
export function Verdict({ assessment }: { readonly assessment: AssessmentView }) {
  const { t } = useTranslation();
  const name = useNames();
  const { regime, bias, confidence } = assessment;
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
      <div>
        <div className="text-11 text-faint">{t('run.judged.regime')}</div>
        <div className="text-24 font-bold" data-testid="regime">
          {name('regimes', regime)}
        </div>
      </div>
      <div>
        <div className="text-11 text-faint">{t('run.judged.bias')}</div>
        <div className="text-15 leading-7 font-medium">{t(`run.judged.sides.${bias}`)}</div>
      </div>
      <div className="min-w-36">
        <div className="flex justify-between text-11 text-faint">
          <span>{t('run.judged.confidence')}</span>
          <span className="figure text-12 text-ink">{confidenceText(confidence)}</span>
        </div>
        <div
          role="meter"
          aria-label={t('run.judged.confidence')}
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
