import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { trimmed } from '#shared/format/decimal-text.ts';
import { priceText } from '#shared/format/figures.ts';

type Props = { readonly entry: NonNullable<ApprovalView['entry']> };

/** What one entry would buy, and between which prices the answer holds. */
export function EntryLine({ entry }: Props) {
  const { t } = useTranslation();
  const { adds, quantity, stop, plannedLoss } = entry;
  const price = (text: string): string => priceText(text, entry.priceDecimals);
  return (
    <div className="border-t border-hair px-4 py-2.5 text-12">
      <p className="figure">
        {t(adds ? 'outside.entry.adds' : 'outside.entry.line', {
          quantity: trimmed(quantity),
          price: price(entry.price),
          stop: stop === null ? t('outside.entry.noStop') : price(stop),
          loss: trimmed(plannedLoss),
        })}
      </p>
      <p className="figure mt-0.5 text-11 text-muted">
        {t('outside.entry.bounds', { lowest: price(entry.lowest), highest: price(entry.highest) })}
      </p>
    </div>
  );
}
