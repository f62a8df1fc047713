import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RiskPolicyView } from '#shared/contract/limits.ts';
import { limitText } from '#shared/format/limit-words.ts';
import { useNames } from '../../app/use-names.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AskSettings } from '../outside/ask-settings.tsx';

const FIELD = 'figure h-7 w-28 rounded-control border border-line bg-bg2 px-2 text-right text-12 text-ink';
type Name = keyof RiskPolicyView;
type Draft = Partial<Record<Name, string>>;

/** Whole numbers travel as numbers; the engine says which values it takes. */
const typed = (policy: RiskPolicyView, draft: Draft): Partial<RiskPolicyView> =>
  Object.fromEntries(
    Object.entries(draft).map(([name, text]) => [name, typeof policy[name as Name] === 'number' ? Number(text) : text]),
  );

/** What asks the master, and the limits of the whole engine, with what each means; several of these are changed in one go. */
export function LimitsSection() {
  return (
    <>
      <AskSettings />
      <LimitsForm />
    </>
  );
}

function LimitsForm() {
  const { t } = useTranslation();
  const named = useNames();
  const { limits } = useStores();
  const loaded = useStore(limits.policy);
  const { busy, error } = useStore(limits.change);
  const [draft, setDraft] = useState<Draft>({});
  const [reason, setReason] = useState('');
  useEffect(() => void limits.policy.refresh(), [limits]);

  return (
    <LoadedView
      loaded={loaded}
      what={t('limits.title')}
      retry={() => void limits.policy.refresh()}
      cancel={limits.policy.giveUp}
    >
      {(policy) => {
        const changed = Object.fromEntries(
          Object.entries(draft).filter(([name, text]) => text.trim() !== '' && text !== String(policy[name as Name])),
        ) as Draft;
        const count = Object.keys(changed).length;
        const keep = async (): Promise<void> => {
          if (count === 0 || !(await limits.set(typed(policy, changed), reason.trim()))) return;
          setDraft({});
          setReason('');
        };
        const save = (event: FormEvent): void => {
          event.preventDefault();
          void keep();
        };
        return (
          <form onSubmit={save}>
            <p className="max-w-prose px-3 py-3 text-12 text-muted">
              {t('limits.intro')} {t('limits.form')}
            </p>
            <Table
              label={t('limits.title')}
              columns={[
                { label: t('limits.name') },
                { label: t('limits.now'), align: 'right' },
                { label: t('limits.next'), align: 'right' },
                { label: t('limits.means') },
              ]}
            >
              {(Object.keys(policy) as Name[]).map((name) => (
                <tr key={name} id={`setting-limit-${name}`} tabIndex={-1}>
                  <Cell>
                    <span className="block">{named('limits', name)}</span>
                    <code className="block text-11 text-faint">{name}</code>
                  </Cell>
                  <Cell align="right" className="figure">
                    {limitText(name, policy[name])}
                  </Cell>
                  <Cell align="right">
                    <input
                      value={draft[name] ?? ''}
                      placeholder={String(policy[name])}
                      inputMode="decimal"
                      autoComplete="off"
                      aria-label={t('limits.nextOf', { name: named('limits', name) })}
                      onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
                      className={FIELD}
                    />
                  </Cell>
                  <Cell className="text-muted">{named('limitMeanings', name)}</Cell>
                </tr>
              ))}
            </Table>
            {error !== null && <ErrorState error={error} />}
            <div className="flex flex-wrap items-end gap-3 border-t border-hair px-3 py-3">
              <TextField
                label={t('limits.reason')}
                note={t('limits.reasonNote')}
                value={reason}
                maxLength={200}
                onChange={(event) => setReason(event.target.value)}
                className="min-w-64 flex-1"
              />
              <span role="status" className="pb-1.5 text-12 text-muted">
                {count > 0 && t('limits.changed', { count })}
              </span>
              {count > 0 && (
                <Button kind="quiet" onClick={() => setDraft({})}>
                  {t('limits.undo')}
                </Button>
              )}
              <Button type="submit" kind="primary" disabled={count === 0 || busy}>
                {busy ? t('limits.saving') : t('limits.save')}
              </Button>
            </div>
          </form>
        );
      }}
    </LoadedView>
  );
}
