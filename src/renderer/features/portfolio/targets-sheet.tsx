import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { compare, plus } from '#shared/format/decimal-text.ts';
import { useAct } from '../../app/use-act.ts';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import type { Targets } from '../../stores/treasury-store.ts';
import { Buttons, Problem } from '../vault/sheet-parts.tsx';
import { isFraction, isPlain } from './amounts.ts';
import { ReasonField } from './reason-field.tsx';

const USUAL = { band: '0.05', minNotional: '10', stop: '0.02' } as const;

type Props = { readonly targets: Targets; readonly asset: string; readonly onClose: () => void };

/** All target weights anew; what they leave is cash. Nothing is traded by it. */
export function TargetsSheet({ targets, asset, onClose }: Props) {
  const { t } = useTranslation();
  const { market, treasury } = useStores();
  const listed = useStore(market.instruments);
  const { busy, error, run } = useAct();
  const [weights, setWeights] = useState<Readonly<Record<string, string>>>(targets?.weights ?? {});
  const [band, setBand] = useState(targets?.band ?? USUAL.band);
  const [least, setLeast] = useState(targets?.minNotional ?? USUAL.minNotional);
  const [stop, setStop] = useState(targets?.stop ?? USUAL.stop);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  useEffect(() => void market.instruments.refresh(), [market]);

  const given = Object.entries(weights)
    .map(([symbol, text]) => [symbol, text.trim()] as const)
    .filter(([, text]) => text !== '' && /[1-9]/.test(text));
  const wrongWeight = (text: string | undefined): boolean =>
    text !== undefined && text.trim() !== '' && !isFraction(text.trim());
  const wrong = {
    weights: Object.values(weights).some(wrongWeight),
    band: !isFraction(band.trim()),
    least: !isPlain(least.trim()),
    stop: !isFraction(stop.trim()),
    reason: reason.trim() === '',
  };
  const tooMuch =
    !wrong.weights &&
    compare(
      given.reduce((sum, [, text]) => plus(sum, text), '0'),
      '1',
    ) > 0;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wrong).includes(true) || tooMuch) return;
    void run(() =>
      treasury.setTargets({
        weights: Object.fromEntries(given),
        band: band.trim(),
        minNotional: least.trim(),
        stop: stop.trim(),
        reason: reason.trim(),
      }),
    ).then((done) => (done ? onClose() : undefined));
  };
  const fraction = (isWrong: boolean): string | undefined =>
    tried && isWrong ? t('portfolio.wrong.fraction') : undefined;

  return (
    <Sheet open onClose={onClose} title={t('portfolio.targetsTitle')}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LoadedView
          loaded={listed}
          what={t('portfolio.theTargets')}
          retry={() => void market.instruments.refresh()}
          cancel={market.instruments.giveUp}
        >
          {(instruments) => (
            <div className="grid grid-cols-2 gap-3">
              {instruments.map(({ symbol }) => (
                <TextField
                  key={symbol}
                  label={t('portfolio.weightOf', { instrument: symbol })}
                  note={t('portfolio.weightNote')}
                  wrong={fraction(wrongWeight(weights[symbol]))}
                  inputMode="decimal"
                  value={weights[symbol] ?? ''}
                  onChange={(event) => setWeights({ ...weights, [symbol]: event.target.value })}
                />
              ))}
            </div>
          )}
        </LoadedView>
        <div className="grid grid-cols-3 gap-3">
          <TextField
            label={t('portfolio.band')}
            note={t('portfolio.bandNote')}
            wrong={fraction(wrong.band)}
            inputMode="decimal"
            value={band}
            onChange={(event) => setBand(event.target.value)}
          />
          <TextField
            label={t('portfolio.least', { asset })}
            wrong={tried && wrong.least ? t('portfolio.wrong.amount') : undefined}
            inputMode="decimal"
            value={least}
            onChange={(event) => setLeast(event.target.value)}
          />
          <TextField
            label={t('portfolio.stop')}
            note={t('portfolio.stopNote')}
            wrong={fraction(wrong.stop)}
            inputMode="decimal"
            value={stop}
            onChange={(event) => setStop(event.target.value)}
          />
        </div>
        <ReasonField value={reason} onChange={setReason} missing={tried && wrong.reason} />
        <Problem text={tried && tooMuch ? t('portfolio.tooMuch') : null} />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={onClose} action={t(busy ? 'portfolio.saving' : 'portfolio.save')} disabled={busy} />
      </form>
    </Sheet>
  );
}
