import { useTranslation } from 'react-i18next';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { compare, opposite, plus } from '#shared/format/decimal-text.ts';
import { floatText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { Num } from '../../components/figures.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';

type Row = { readonly asset: string; readonly note: string | null; readonly value: string };

/** What the equity lies in: each asset that is held, then cash, of which a part may be locked profit. */
function rowsOf({ positions, cash, quoteAsset }: PortfolioView, locked: string, words: Words): readonly Row[] {
  const held = positions
    .filter(({ value }) => compare(value, '0') !== 0)
    .map(({ instrument, value }): Row => ({ asset: instrument.split('/')[0] ?? instrument, note: null, value }))
    .toSorted((a, b) => compare(b.value, a.value));
  const isLocked = compare(locked, '0') > 0;
  return [
    ...held,
    { asset: quoteAsset, note: isLocked ? words.free : null, value: isLocked ? plus(cash, opposite(locked)) : cash },
    ...(isLocked ? [{ asset: quoteAsset, note: words.locked, value: locked }] : []),
  ];
}

type Words = { readonly free: string; readonly locked: string };

export function ExposurePanel({ portfolio, locked }: { readonly portfolio: PortfolioView; readonly locked: string }) {
  const { t } = useTranslation();
  const { environment: env, equity, quoteAsset } = portfolio;
  const rows = rowsOf(portfolio, locked, { free: t('portfolio.free'), locked: t('portfolio.lockedPart') });
  const whole = Number(equity);
  return (
    <MarketPanel title={t('portfolio.exposure')} note={t('portfolio.exposureNote')} env={env} flush>
      {whole > 0 ? (
        <Table
          label={t('portfolio.exposure')}
          columns={[
            { label: t('portfolio.asset') },
            { label: `${t('portfolio.value')}, ${quoteAsset}`, align: 'right' },
            { label: t('portfolio.share'), align: 'right' },
            { label: '', className: 'w-2/5' },
          ]}
        >
          {rows.map(({ asset, note, value }) => {
            const share = Math.max(0, Math.min(1, Number(value) / whole));
            return (
              <tr key={`${asset} ${note ?? ''}`} data-env={environmentTag(env)} data-asset={asset}>
                <Cell className="font-medium">
                  {asset} {note !== null && <span className="font-normal text-muted">{note}</span>}
                </Cell>
                <Cell align="right">
                  <Num text={value} decimals={2} />
                </Cell>
                <Cell align="right" className="figure-mono">
                  {floatText(share * 100, 1)}%
                </Cell>
                <Cell>
                  <span aria-hidden className="block h-2 w-full rounded-control bg-bg2">
                    <span
                      className="block h-full rounded-control bg-accent"
                      style={{ width: `${(share * 100).toFixed(2)}%` }}
                    />
                  </span>
                </Cell>
              </tr>
            );
          })}
        </Table>
      ) : (
        <EmptyState>{t('portfolio.noPosition')}</EmptyState>
      )}
    </MarketPanel>
  );
}
