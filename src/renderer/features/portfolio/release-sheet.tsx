import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfitView } from '#shared/contract/profit.ts';
import { decimalText } from '#shared/format/figures.ts';
import { useAct } from '../../app/use-act.ts';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';
import { isAmount } from './amounts.ts';
import { ReasonField } from './reason-field.tsx';

type Props = { readonly profit: ProfitView; readonly onClose: () => void };

/** Locked profit goes back to what new orders are sized from: more risk, so the engine asks who it is. */
export function ReleaseSheet({ profit, onClose }: Props) {
  const { t } = useTranslation();
  const { treasury } = useStores();
  const { busy, error, run } = useAct();
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const all = amount.trim() === '';
  const wrongAmount = !all && !isAmount(amount.trim());
  const wrongReason = reason.trim() === '';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrongAmount || wrongReason) return;
    const given = { reason: reason.trim(), ...(all ? {} : { amount: amount.trim() }) };
    void run(() => treasury.release(given)).then((done) => (done ? onClose() : undefined));
  };

  return (
    <Sheet open onClose={onClose} title={t('portfolio.releaseTitle')}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t('portfolio.releaseAmount', { asset: profit.asset })}
          note={t('portfolio.releaseNote', { amount: decimalText(profit.locked) })}
          wrong={tried && wrongAmount ? t('portfolio.wrong.amount') : undefined}
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
        <ReasonField value={reason} onChange={setReason} missing={tried && wrongReason} />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={onClose} action={t('portfolio.releaseDo')} disabled={busy} />
      </form>
    </Sheet>
  );
}
