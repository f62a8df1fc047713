import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import { stepDecimals } from '#shared/format/decimal-text.ts';
import { floatText } from '#shared/format/figures.ts';
import { Price, Signed } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { RunChart } from '../market/run-chart.tsx';

const TRADES_SHOWN = 100;

const columns = (t: TFunction): readonly Column[] => [
  { label: t('lab.number') },
  { label: t('lab.entered') },
  { label: t('lab.leftAt') },
  { label: t('lab.side') },
  { label: t('lab.quantity'), align: 'right' },
  { label: t('lab.entry'), align: 'right' },
  { label: t('lab.exit'), align: 'right' },
  { label: t('lab.fees'), align: 'right' },
  { label: t('lab.result'), align: 'right' },
  { label: t('lab.r'), align: 'right' },
];

type Trade = LabRunView['tradeList'][number];
type RowProps = {
  readonly trade: Trade;
  readonly number: number;
  readonly decimals: number;
  readonly isShown: boolean;
  readonly onShow: () => void;
};

function Row({ trade, number, decimals, isShown, onShow }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr data-env="sim" aria-current={isShown ? 'true' : undefined} className="aria-[current]:bg-bg3">
      <Cell>
        <button
          type="button"
          aria-label={t('lab.showTrade', { number })}
          aria-pressed={isShown}
          onClick={onShow}
          className="fade figure-mono inline-flex h-6 min-w-8 items-center rounded-control px-1 text-accent underline-offset-2 hover:bg-bg2 hover:underline"
        >
          {number}
        </button>
      </Cell>
      <Cell>
        <Moment ms={trade.entryTime} />
      </Cell>
      <Cell>
        <Moment ms={trade.exitTime} />
      </Cell>
      <Cell>{t(`lab.directions.${trade.direction ?? 'long'}`)}</Cell>
      <Cell align="right" className="figure-mono">
        {floatText(trade.quantity, 5)}
      </Cell>
      <Cell align="right">
        <Price value={trade.entryPrice} decimals={decimals} />
      </Cell>
      <Cell align="right">
        <Price value={trade.exitPrice} decimals={decimals} />
      </Cell>
      <Cell align="right" className="figure-mono">
        {floatText(trade.fees, 2)}
      </Cell>
      <Cell align="right">
        <Signed direction={trade.pnl > 0 ? 'up' : trade.pnl < 0 ? 'down' : 'flat'}>
          {floatText(trade.pnl, 2, { sign: 'always' })}
        </Signed>
      </Cell>
      <Cell align="right" className="figure-mono">
        {trade.r === null ? '–' : floatText(trade.r, 2, { sign: 'always' })}
      </Cell>
    </tr>
  );
}

/** The candles around one trade, with its fills and where its protection last was. */
function TradeChart({ run, trade }: { readonly run: LabRunView; readonly trade: number }) {
  const { t } = useTranslation();
  const { lab } = useStores();
  const loaded = useStore(lab.chart);
  useEffect(() => lab.openTrade({ id: run.id, trade }), [lab, run.id, trade]);
  return (
    <Panel title={t('lab.tradeOn', { number: trade + 1 })} note={t('market.openNote')} env="simulated" flush>
      <LoadedView
        loaded={loaded}
        what={t('market.candles')}
        retry={() => void lab.chart.refresh()}
        cancel={() => lab.chart.giveUp()}
      >
        {(chart) => (chart === null ? null : <RunChart chart={chart} identity={`${run.id} ${trade}`} />)}
      </LoadedView>
    </Panel>
  );
}

/** The trades of a back-test; the chosen one stands on its candles above them. */
export function RunTrades({ run }: { readonly run: LabRunView }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(0);
  const listed = run.tradeList.slice(0, TRADES_SHOWN);
  const decimalsOf = ({ market = 0 }: Trade): number => stepDecimals(run.markets?.[market]?.tickSize ?? run.tickSize);
  return (
    <>
      {listed.length > 0 && <TradeChart run={run} trade={shown} />}
      <Panel
        title={t('lab.trades')}
        env="simulated"
        flush
        note={
          run.trades > TRADES_SHOWN
            ? t('lab.firstOf', { shown: TRADES_SHOWN, count: run.trades })
            : t('lab.tradeCount', { count: run.trades })
        }
      >
        {listed.length === 0 ? (
          <EmptyState>{t('lab.noTrade')}</EmptyState>
        ) : (
          <div className="max-h-96 overflow-y-auto">
            <Table label={t('lab.trades')} columns={columns(t)}>
              {listed.map((trade, index) => (
                <Row
                  key={index}
                  trade={trade}
                  number={index + 1}
                  decimals={decimalsOf(trade)}
                  isShown={index === shown}
                  onShow={() => setShown(index)}
                />
              ))}
            </Table>
          </div>
        )}
      </Panel>
    </>
  );
}
