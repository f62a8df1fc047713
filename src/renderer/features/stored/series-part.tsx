import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import { decimalText } from '#shared/format/figures.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Moment } from '../../components/moment.tsx';
import { Setting } from '../../components/setting.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { SeriesSheet } from './series-sheet.tsx';

/** Every imported series, its holes told, and one by itself: what is odd in it, and a way out of here. */
export function SeriesPart() {
  const { t } = useTranslation();
  const { stored } = useStores();
  const loaded = useStore(stored.series);
  const [open, setOpen] = useState<StoredSeriesView | null>(null);
  const whole = (count: number): string => decimalText(String(count));
  return (
    <>
      <Setting id="candles" label={t('stored.candles')} note={t('stored.candlesNote')}>
        {() => null}
      </Setting>
      <LoadedView
        loaded={loaded}
        what={t('stored.candlesWhat')}
        retry={() => void stored.series.refresh()}
        cancel={stored.series.giveUp}
      >
        {(list) =>
          list.length === 0 ? (
            <EmptyState>{t('stored.noCandles')}</EmptyState>
          ) : (
            <Table
              label={t('stored.candles')}
              columns={[
                { label: t('stored.instrument') },
                { label: t('stored.from') },
                { label: t('stored.count'), align: 'right' },
                { label: t('stored.first') },
                { label: t('stored.last') },
                { label: t('stored.holes') },
                { label: '' },
              ]}
            >
              {list.map((series) => {
                const { instrument, interval, venue, candles, firstOpen, lastOpen, gaps, missing } = series;
                return (
                  <tr key={`${venue} ${instrument} ${interval}`} data-series={`${instrument} ${interval}`}>
                    <Cell className="font-medium">
                      {instrument} <span className="text-muted">{interval}</span>
                    </Cell>
                    <Cell>{venue === 'SIM' ? t('stored.ofFile') : venue}</Cell>
                    <Cell align="right" className="figure-mono">
                      {whole(candles)}
                    </Cell>
                    <Cell>
                      <Moment ms={firstOpen} />
                    </Cell>
                    <Cell>
                      <Moment ms={lastOpen} />
                    </Cell>
                    <Cell>
                      {gaps === 0 ? (
                        <span className="text-muted">{t('stored.noHole')}</span>
                      ) : (
                        <Chip tone="warn">{t('stored.holesIn', { count: gaps, missing: whole(missing) })}</Chip>
                      )}
                    </Cell>
                    <Cell align="right">
                      <Button
                        aria-label={t('stored.lookAt', { series: `${instrument} ${interval}` })}
                        onClick={() => setOpen(series)}
                      >
                        {t('stored.look')}
                      </Button>
                    </Cell>
                  </tr>
                );
              })}
            </Table>
          )
        }
      </LoadedView>
      {open !== null && <SeriesSheet series={open} onClose={() => setOpen(null)} />}
    </>
  );
}
