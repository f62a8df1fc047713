import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SIMULATED_ACCOUNT } from '#shared/contract/orders.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { useAct } from '../../app/use-act.ts';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';
import { isAmount } from './amounts.ts';
import { ReasonField } from './reason-field.tsx';

type Props = { readonly portfolio: PortfolioView; readonly onClose: () => void };

/** Lets the simulated account begin anew, once its name was typed. */
export function ResetSheet({ portfolio, onClose }: Props) {
  const { t } = useTranslation();
  const { treasury } = useStores();
  const { busy, error, run } = useAct();
  const [cash, setCash] = useState(portfolio.startingEquity);
  const [reason, setReason] = useState('');
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const wrongCash = !isAmount(cash.trim());
  const wrongReason = reason.trim() === '';
  const wrongName = name.trim() !== SIMULATED_ACCOUNT;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrongCash || wrongReason || wrongName) return;
    void run(() => treasury.reset({ account: name.trim(), cash: cash.trim(), reason: reason.trim() })).then((done) =>
      done ? onClose() : undefined,
    );
  };

  return (
    <Sheet open onClose={onClose} title={t('portfolio.resetTitle')}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <p className="text-12 text-muted">
          {t('portfolio.resetMeans')} {t('portfolio.resetWhen')}
        </p>
        <TextField
          label={t('portfolio.resetCash', { asset: portfolio.quoteAsset })}
          wrong={tried && wrongCash ? t('portfolio.wrong.amount') : undefined}
          inputMode="decimal"
          value={cash}
          onChange={(event) => setCash(event.target.value)}
        />
        <ReasonField value={reason} onChange={setReason} missing={tried && wrongReason} />
        <TextField
          label={t('portfolio.resetConfirm', { name: SIMULATED_ACCOUNT })}
          wrong={tried && wrongName ? t('portfolio.wrong.name', { name: SIMULATED_ACCOUNT }) : undefined}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={onClose} action={t(busy ? 'portfolio.resetting' : 'portfolio.resetDo')} disabled={busy} />
      </form>
    </Sheet>
  );
}
