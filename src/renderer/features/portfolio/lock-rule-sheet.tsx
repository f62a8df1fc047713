import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfitView } from '#shared/contract/profit.ts';
import { useAct } from '../../app/use-act.ts';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';
import { isFraction, isPlain } from './amounts.ts';

type Props = { readonly profit: ProfitView; readonly onClose: () => void };

/** How much of each new profit is taken out of what may be risked. */
export function LockRuleSheet({ profit, onClose }: Props) {
  const { t } = useTranslation();
  const { treasury } = useStores();
  const { busy, error, run } = useAct();
  const [share, setShare] = useState(profit.share);
  const [threshold, setThreshold] = useState(profit.threshold);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const wrongShare = !isFraction(share.trim());
  const wrongThreshold = !isPlain(threshold.trim());

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrongShare || wrongThreshold) return;
    const why = reason.trim();
    const given = { share: share.trim(), threshold: threshold.trim(), ...(why === '' ? {} : { reason: why }) };
    void run(() => treasury.setLock(given)).then((done) => (done ? onClose() : undefined));
  };

  return (
    <Sheet open onClose={onClose} title={t('portfolio.ruleTitle')}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t('portfolio.lockShare')}
          note={t('portfolio.lockShareNote')}
          wrong={tried && wrongShare ? t('portfolio.wrong.fraction') : undefined}
          inputMode="decimal"
          value={share}
          onChange={(event) => setShare(event.target.value)}
        />
        <TextField
          label={t('portfolio.threshold', { asset: profit.asset })}
          note={t('portfolio.thresholdNote')}
          wrong={tried && wrongThreshold ? t('portfolio.wrong.amount') : undefined}
          inputMode="decimal"
          value={threshold}
          onChange={(event) => setThreshold(event.target.value)}
        />
        <TextField
          label={t('portfolio.reason')}
          note={t('portfolio.reasonLess')}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={onClose} action={t(busy ? 'portfolio.saving' : 'portfolio.save')} disabled={busy} />
      </form>
    </Sheet>
  );
}
