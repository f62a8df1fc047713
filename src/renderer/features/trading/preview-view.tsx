import { useTranslation } from 'react-i18next';
import type { OrderPreview } from '#shared/contract/orders.ts';
import { moneyText, percentText, priceText, quantityText } from '#shared/format/figures.ts';
import { environmentTag, sentence } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { Preview } from './use-preview.ts';

function Costs({ seen }: { readonly seen: OrderPreview }) {
  const { t } = useTranslation();
  const money = (text: string) => (
    <span className="figure-mono" data-num="">
      {moneyText(text, seen.quoteAsset)}
    </span>
  );
  const base = seen.instrument.split('/')[0] ?? '';
  const pairs: readonly Pair[] = [
    {
      label: seen.side === 'buy' ? t('trading.youBuy') : t('trading.youSell'),
      value: (
        <span className="figure-mono" data-num="">
          {quantityText(seen.quantity)} {base}{' '}
          <span className="text-faint">{t('trading.at', { price: priceText(seen.price, seen.priceDecimals) })}</span>
        </span>
      ),
    },
    { label: t('trading.worth'), value: money(seen.notional) },
    { label: t('trading.fee'), value: money(seen.fee) },
    { label: seen.side === 'buy' ? t('trading.takes') : t('trading.brings'), value: money(seen.cash) },
    ...(seen.worst === null
      ? []
      : [
          { label: t('trading.lostAtStop'), value: money(seen.worst.atStop), strong: true },
          {
            label: t('trading.gap'),
            value: (
              <>
                {money(seen.worst.gap)}
                <span className="block text-11 text-faint">
                  {t('trading.ofEquity', { share: percentText(seen.worst.ofEquity) })}
                </span>
              </>
            ),
          },
        ]),
  ];
  return (
    <div data-env={environmentTag(seen.environment)}>
      <Pairs pairs={pairs} />
      {seen.refusal === null ? (
        <p className="mt-2 text-12 text-up" data-testid="gate">
          <span aria-hidden>✓ </span>
          {t('trading.gateYes', { count: seen.checks.length })}
        </p>
      ) : (
        <div className="mt-2 rounded-control border border-warn/60 p-2 text-12" data-testid="gate">
          <p className="font-bold text-warn">
            <span aria-hidden>✕ </span>
            {t('trading.gateNo')} <span className="figure-mono text-11 font-normal">{seen.refusal.check}</span>
          </p>
          <p>{sentence(said(seen.refusal.reason))}.</p>
          <p className="text-muted">{sentence(said(seen.refusal.remedy))}</p>
        </div>
      )}
    </div>
  );
}

/** What the order would cost, what it would risk and what the gate would say, before anything is sent. */
export function PreviewView({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('trading.preview')} aria-live="polite" className="min-h-24 border-t border-hair pt-3">
      {preview.state === 'empty' && <p className="text-12 text-muted">{t('trading.previewEmpty')}</p>}
      {preview.state === 'asking' && <p className="text-12 text-muted">{t('trading.previewBusy')}</p>}
      {preview.state === 'seen' && <Costs seen={preview.seen} />}
      {preview.state === 'failed' && <ErrorState error={preview.error} />}
    </section>
  );
}
