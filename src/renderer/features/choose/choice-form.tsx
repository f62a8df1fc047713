import { clsx } from 'clsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { willDo, willNotDo } from '#shared/format/plan.ts';
import { FAMILIES } from '#shared/strategy-families.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { useCycle, useLaunchState, useStores } from '../../stores/stores-context.tsx';
import { ImpactStrip } from '../approvals/impact-strip.tsx';
import { PlanLines } from '../command/plan-lines.tsx';
import { LimitFields, ParameterFields } from './choice-fields.tsx';
import { useDraft } from './use-draft.ts';
import { chosenOf, isWrong, NOTHING, type Wanted } from './wanted.ts';

type Family = (typeof FAMILIES)[number];
const [FIRST] = FAMILIES;
type Props = { readonly parent: string | null; readonly onStarted: () => void };

/** What the master chooses, and the brief of it, asked of the engine as he types. Sending it off is the approval. */
export function ChoiceForm({ parent, onStarted }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const { cycle } = useStores();
  const { instrument, interval } = useLaunchState((state) => state);
  const starting = useCycle((state) => state.starting);
  const refused = useCycle((state) => state.startError);
  const [wanted, setWanted] = useState<Wanted>({ ...NOTHING, family: parent === null ? FIRST : undefined });
  const chosen = chosenOf(wanted, parent);
  const request = { instrument, ...(interval === null ? {} : { interval }), chosen };
  const { draft, error, current } = useDraft(request);
  const wrong = [...Object.values(wanted.parameters), ...Object.values(wanted.limits)].some(isWrong);
  const ready = draft !== null && error === null && current && !wrong && !starting;

  const start = async (): Promise<void> => {
    if (!ready) return;
    await cycle.start({ ...request, trigger: 'button' });
    if (cycle.getState().startError === null) onStarted();
  };
  const family = wanted.family ?? draft?.spec.family;
  if (draft === null)
    return error === null ? <LoadingState what={t('choose.draftWhat')} /> : <ErrorState error={error} />;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      {parent !== null && <p className="text-12 text-muted">{t('choose.after', { agent: parent })}</p>}
      <div>
        <Select
          label={t('choose.family')}
          value={family ?? FIRST}
          options={FAMILIES.map((one) => ({ value: one, label: name('families', one) }))}
          onChange={(next) => setWanted({ ...wanted, family: next as Family, parameters: {} })}
        />
        <p className="mt-1.5 text-12">{said(draft.strategy.summary)}</p>
        <p className="text-11 text-muted">{t('choose.notWhen', { when: said(draft.strategy.notWhen) })}</p>
      </div>
      <LimitFields draft={draft} wanted={wanted} onChange={setWanted} />
      <ParameterFields draft={draft} wanted={wanted} onChange={setWanted} />
      <div className={clsx('fade -mx-4', (!current || error !== null) && 'opacity-60')} data-testid="choice-brief">
        <div className="grid gap-3 border-t border-hair px-4 py-3 md:grid-cols-2">
          <div>
            <PlanLines title={t('run.brief.willDo')} kind="do" items={willDo(draft.spec, draft)} />
          </div>
          <div>
            <PlanLines title={t('run.brief.willNotDo')} kind="not" items={willNotDo(draft.spec, draft)} />
          </div>
        </div>
        <ImpactStrip approval={draft} />
      </div>
      {error !== null && <ErrorState error={error} />}
      {refused !== null && <ErrorState error={refused} />}
      <p className="text-12 text-muted">{t('choose.means')}</p>
      <Button type="submit" kind="primary" disabled={!ready}>
        {t('choose.press')}
      </Button>
    </form>
  );
}
