import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AskButton } from '../../components/ask-button.tsx';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';

const ORDER = ['full', 'semi', 'manual', 'emergency'] as const;
type Mode = (typeof ORDER)[number];

/** Freer stands first; what is freer than the mode that holds needs a reason. The engine decides whether it is given. */
const isFreer = (mode: Mode, than: Mode): boolean => ORDER.indexOf(mode) < ORDER.indexOf(than);

type Props = { readonly first: Mode; readonly onClose: () => void };

/** The four modes with a plain sentence each. Nothing changes before a button says so. */
export function ModeSheet({ first, onClose }: Props) {
  const { t } = useTranslation();
  const { automation, engine } = useStores();
  const now = useEngine((state) => state.status?.mode ?? 'full');
  const killing = useEngine((state) => state.kill.phase === 'sending');
  const error = useStore(automation, (state) => state.modeError);
  const [wanted, setWanted] = useState<Mode>(first);
  const [reason, setReason] = useState('');
  const title = useId();
  const halted = now === 'emergency';
  const raises = isFreer(wanted, now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted === 'emergency' || wanted === now || (raises && reason.trim() === '')) return;
    void automation
      .setMode(wanted, reason.trim() === '' ? undefined : reason.trim())
      .then((done) => (done ? onClose() : undefined));
  };
  const name = (mode: Mode): string => t(`approvals.mode.name.${mode}`);
  return (
    <Sheet open onClose={onClose} title={<span id={title}>{t('approvals.mode.title')}</span>}>
      <form onSubmit={submit} className="flex flex-col gap-3" data-testid="modes">
        <Choice
          value={wanted}
          labelledBy={title}
          stacked
          onChange={setWanted}
          options={ORDER.map((mode) => ({ value: mode, label: name(mode), note: t(`approvals.mode.does.${mode}`) }))}
        />
        <p className="text-11 text-faint">
          {halted ? t('approvals.mode.halted', { mode: name(wanted) }) : t('approvals.mode.lowering')}
        </p>
        {raises && !halted && (
          <TextField
            label={t('approvals.reason')}
            value={reason}
            maxLength={200}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
        {error !== null && <ErrorState error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('approvals.mode.close')}</Button>
          {wanted === 'emergency' ? (
            !halted && (
              <AskButton
                label={t('approvals.mode.kill')}
                question={t('approvals.mode.killSure')}
                busyLabel={t('approvals.mode.killing')}
                busy={killing}
                name={t('approvals.mode.kill')}
                onConfirm={() => {
                  onClose();
                  void engine.kill('emergency, chosen in the window');
                }}
              />
            )
          ) : (
            <Button
              type="submit"
              kind="primary"
              disabled={halted || wanted === now || (raises && reason.trim() === '')}
            >
              {t(wanted === now ? 'approvals.mode.holds' : raises ? 'approvals.mode.raise' : 'approvals.mode.lower', {
                mode: name(wanted),
              })}
            </Button>
          )}
        </div>
      </form>
    </Sheet>
  );
}
