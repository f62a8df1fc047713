import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView, WantedLimitsInput } from '#shared/contract/automation.ts';
import { times, trimmed } from '#shared/format/decimal-text.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';

type Draft = Readonly<Record<'size' | 'risk' | 'positions' | 'life', string>>;
const NOTHING: Draft = { size: '', risk: '', positions: '', life: '' };
const AMOUNT = /^\d{1,15}(\.\d{1,8})?$/;
const COUNT = /^\d{1,6}$/;
/** The form speaks of percent, the engine of fractions. */
const PERCENT = '0.01';
const HUNDRED = '100';

const wrongIn = (draft: Draft): readonly (keyof Draft)[] =>
  (['size', 'risk', 'positions', 'life'] as const).filter((field) => {
    const text = draft[field].trim();
    return text !== '' && !(field === 'size' || field === 'risk' ? AMOUNT : COUNT).test(text);
  });

const wantedOf = ({ size, risk, positions, life }: Draft): WantedLimitsInput => ({
  ...(size.trim() === '' ? {} : { maxSize: size.trim() }),
  ...(risk.trim() === '' ? {} : { riskPerTrade: times(risk.trim(), PERCENT) }),
  ...(positions.trim() === '' ? {} : { maxPositions: Number(positions) }),
  ...(life.trim() === '' ? {} : { maxBars: Number(life) }),
});

type Props = {
  readonly approval: ApprovalView;
  readonly busy: boolean;
  readonly onSave: (limits: WantedLimitsInput) => void;
  readonly onCancel: () => void;
};

/** Lowers what was asked. Whether a value is lower is the engine's to say. */
export function LimitsForm({ approval, busy, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(NOTHING);
  const wrong = wrongIn(draft);
  const field = (name: keyof Draft, label: string, now: string) => (
    <TextField
      label={label}
      inputMode="decimal"
      placeholder={now}
      value={draft[name]}
      wrong={wrong.includes(name) ? t('approvals.wrongNumber') : undefined}
      onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
    />
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong.length === 0 && !busy) onSave(wantedOf(draft));
  };
  const { limits, impact } = approval;
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t border-hair px-4 py-3">
      <p className="text-11 text-muted">{t('approvals.onlyLower')}</p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {field('size', t('approvals.limit.maxSize', { asset: impact.asset }), trimmed(impact.exposure))}
        {field('risk', t('approvals.limit.riskFraction'), trimmed(times(limits.riskPerTrade, HUNDRED)))}
        {approval.kind === 'brief' && field('positions', t('approvals.limit.positions'), String(limits.maxPositions))}
        {approval.kind === 'brief' && field('life', t('approvals.limit.life'), String(limits.maxBars))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" disabled={busy || wrong.length > 0}>
          {t('approvals.save')}
        </Button>
        <Button onClick={onCancel}>{t('approvals.cancel')}</Button>
      </div>
    </form>
  );
}
