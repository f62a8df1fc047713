import { LoaderCircle, Lock } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { EnvChip } from '../../components/env.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { VaultStore } from '../../stores/vault-store.ts';
import { KillSteps } from '../shell/kill-steps.tsx';
import { LogoMark } from '../shell/logo-mark.tsx';
import { SecretField, takeSecret } from './secret-field.tsx';

/** All of the window while the vault is shut: the passphrase, the way without it, and the kill switch. */
export function LockedScreen({ vault }: { readonly vault: VaultStore }) {
  const { t } = useTranslation();
  const { status, busy, error, killed } = useStore(vault);
  const [recovery, setRecovery] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const waiting = useCountdown(status);
  if (status === null) return null;
  const state = status.state === 'locked' || status.state === 'changing' ? status.state : 'sealed';

  // While nothing is open there is only what it was last; the window says so beside it.
  const environment = status.environment ?? status.lastEnvironment;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = takeSecret(field.current);
    const typed = takeSecret(code.current).trim();
    if (text === '') return;
    if (recovery) void vault.unlock({ kind: 'recovery', code: text });
    else void vault.unlock({ kind: 'passphrase', passphrase: text, ...(typed === '' ? {} : { code: typed }) });
  };
  const switchTo = (next: boolean): void => {
    takeSecret(field.current);
    vault.forgetError();
    setRecovery(next);
  };

  return (
    <main className="flex h-full items-center justify-center p-6">
      <div className="w-full max-w-md rounded-panel border border-hair bg-bg1 p-6">
        <div className="mb-5 flex items-center gap-2.5 text-15 font-bold">
          <LogoMark size={22} />
          Master Trader
          {environment !== null && (
            <span className="ml-auto flex items-center gap-2">
              {status.environment === null && (
                <span className="text-11 font-normal text-muted">{t('vault.lastKnown')}</span>
              )}
              <EnvChip environment={environment} />
            </span>
          )}
        </div>
        <h1 className="flex items-center gap-2 text-15 font-bold">
          {state === 'changing' ? (
            <LoaderCircle aria-hidden size={16} className="spin text-accent" />
          ) : (
            <Lock aria-hidden size={16} className="text-warn" />
          )}
          {t(`vault.${state}.title`)}
        </h1>
        <p className="mt-1.5 text-muted">{t(`vault.${state}.text`)}</p>
        {status.problem !== null && (
          <p role="status" className="mt-3 text-12 text-warn">
            {said(status.problem)}
            {status.remedy !== null && <span className="block text-muted">{said(status.remedy)}</span>}
          </p>
        )}
        {state !== 'changing' && (
          <form onSubmit={submit}>
            <SecretField
              key={recovery ? 'code' : 'passphrase'}
              ref={field}
              takesFocus
              plain={recovery}
              label={recovery ? t('vault.recoveryCode') : t('vault.passphrase')}
              {...(recovery ? { hint: t('vault.recoveryHint') } : {})}
            />
            {status.asksCode && !recovery && <SecretField ref={code} plain label={t('access.code')} />}
            <div className="mt-4 flex flex-wrap justify-between gap-2">
              <Button kind="quiet" onClick={() => switchTo(!recovery)}>
                {recovery ? t('vault.usePassphrase') : t('vault.useRecovery')}
              </Button>
              <Button kind="primary" type="submit" disabled={busy || (waiting > 0 && !recovery)}>
                {busy
                  ? t('vault.opening')
                  : waiting > 0 && !recovery
                    ? t('vault.wait', { seconds: waiting })
                    : t('vault.unlock')}
              </Button>
            </div>
          </form>
        )}
        {error !== null && <ErrorState error={error} />}
        <div className="mt-6 border-t border-hair pt-4">
          <Button kind="danger" disabled={busy} onClick={() => void vault.kill()}>
            {t('vault.stop')}
          </Button>
          {(killed !== null || status.killFlag) && (
            <div role="status" data-testid="killed" className="mt-2 text-12">
              <p className="text-danger">{t('vault.halted')}</p>
              {killed !== null && <KillSteps steps={killed.steps} brief />}
            </div>
          )}
        </div>
      </div>
    </main>
  );
}

/** Seconds until the next passphrase is taken, counted down here. */
function useCountdown(status: VaultStatus | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = performance.now() + (status?.attempts.waitMs ?? 0);
    const show = (): void => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    show();
    const timer = setInterval(show, 500);
    return () => clearInterval(timer);
  }, [status]);
  return left;
}
