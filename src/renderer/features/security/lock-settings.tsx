import { Lock } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { DEFAULT_PREFERENCES, preferences as schema } from '#shared/contract/preferences.ts';
import { usePreference } from '../../app/preferences.ts';
import { Button } from '../../components/button.tsx';
import { Setting } from '../../components/setting.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** When the window locks, and what is seen while it is. */
export function LockSettings() {
  const { t } = useTranslation();
  const { preferences, vault } = useStores();
  const { status, busy, error } = useStore(vault);
  const idle = usePreference('idleMinutes');
  const hide = usePreference('hideAmountsWhenLocked');
  const bare = status?.state === 'open';
  return (
    <>
      <Setting id="idleMinutes" label={t('security.idle')} note={t('security.idleNote')}>
        {(labelledBy) => (
          <div className="flex flex-wrap items-center gap-3">
            <Switch
              labelledBy={labelledBy}
              checked={idle !== null}
              onChange={(on) => void preferences.change({ idleMinutes: on ? DEFAULT_PREFERENCES.idleMinutes : null })}
            />
            {idle !== null && <IdleForm key={idle} minutes={idle} />}
          </div>
        )}
      </Setting>
      <Setting id="hideAmountsWhenLocked" label={t('security.hide')} note={t('security.hideNote')}>
        {(labelledBy) => (
          <Switch
            labelledBy={labelledBy}
            checked={hide}
            onChange={(on) => void preferences.change({ hideAmountsWhenLocked: on })}
          />
        )}
      </Setting>
      <Setting
        id="lockNow"
        label={t('security.lock')}
        note={t(bare ? 'security.afterPassphrase' : 'security.lockNote')}
      >
        {() => (
          <Button disabled={bare || busy} onClick={() => void vault.lock()} icon={<Lock aria-hidden size={12} />}>
            {t('security.lock')}
          </Button>
        )}
      </Setting>
      {error !== null && <ErrorState error={error} />}
    </>
  );
}

function IdleForm({ minutes }: { readonly minutes: number }) {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const id = useId();
  const [text, setText] = useState(String(minutes));
  const [wrong, setWrong] = useState(false);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const read = schema.shape.idleMinutes.safeParse(/^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined);
    setWrong(!read.success);
    if (read.success) void preferences.change({ idleMinutes: read.data });
  };
  return (
    <form onSubmit={save} className="flex flex-wrap items-center gap-2">
      <label htmlFor={id} className="text-12 text-muted">
        {t('security.idleMinutes')}
      </label>
      <input
        id={id}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => setText(event.target.value)}
        className="figure h-8 w-16 rounded-control border border-line bg-bg2 px-2 text-13 text-ink aria-invalid:border-danger"
      />
      <Button type="submit" disabled={text === String(minutes)}>
        {t('security.idleSave')}
      </Button>
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="w-full text-11 text-danger">
          {t('security.idleWrong')}
        </p>
      )}
    </form>
  );
}
