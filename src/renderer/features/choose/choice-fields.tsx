import { useTranslation } from 'react-i18next';
import type { AgentDraft } from '#shared/contract/agents.ts';
import { readableName } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { TextField } from '../../components/text-field.tsx';
import { isWrong, LIMITS, shownLimit, type Wanted } from './wanted.ts';

type Props = {
  readonly draft: AgentDraft;
  readonly wanted: Wanted;
  readonly onChange: (next: Wanted) => void;
};
/** `fastLength` as words. */
const spelled = (name: string): string => readableName(name.replace(/([A-Z])/g, ' $1').toLowerCase());
const GRID = 'grid grid-cols-2 gap-3 md:grid-cols-4';

/** Budget, risk and life, each with the most that it may be. */
export function LimitFields({ draft, wanted, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="mb-1.5 text-11 font-bold text-muted">{t('choose.limits')}</legend>
      <div className={GRID}>
        {LIMITS.map((field) => {
          const { now, most } = shownLimit(draft, field);
          return (
            <TextField
              key={field}
              label={t(`choose.${field}`, { asset: draft.impact.asset, interval: draft.interval })}
              inputMode="decimal"
              value={wanted.limits[field] ?? now}
              note={t('choose.upTo', { most })}
              wrong={isWrong(wanted.limits[field]) ? t('choose.notNumber') : undefined}
              onChange={({ target }) => onChange({ ...wanted, limits: { ...wanted.limits, [field]: target.value } })}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

/** What the family lets be chosen, with its bounds; what each means is told when it is pointed at. */
export function ParameterFields({ draft, wanted, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="mb-1.5 text-11 font-bold text-muted">{t('choose.parameters')}</legend>
      <div className={GRID}>
        {draft.strategy.parameters.map(({ name, summary, whole, least, most }) => (
          <TextField
            key={name}
            label={spelled(name)}
            title={said(summary)}
            inputMode="decimal"
            value={wanted.parameters[name] ?? String(draft.spec.parameters[name] ?? '')}
            note={t(whole ? 'choose.wholeBetween' : 'choose.between', { least, most })}
            wrong={isWrong(wanted.parameters[name]) ? t('choose.notNumber') : undefined}
            onChange={({ target }) =>
              onChange({ ...wanted, parameters: { ...wanted.parameters, [name]: target.value } })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
