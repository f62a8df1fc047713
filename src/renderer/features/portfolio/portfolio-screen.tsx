import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';
import { ByHandPanels } from '../trading/by-hand-panels.tsx';
import { ExportButton } from '../trading/export-button.tsx';
import { AccountFigures, EquityCurve } from './account-figures.tsx';
import { ExposurePanel } from './exposure-panel.tsx';
import { PortfolioLog } from './log-panel.tsx';
import { FillsTable, OrdersTable } from './order-tables.tsx';
import { PositionsTable } from './positions-table.tsx';
import { ProfitPanel } from './profit-panel.tsx';
import { ReconciliationPanel } from './reconciliation-panel.tsx';
import { ResetSheet } from './reset-sheet.tsx';
import { TargetsPanel } from './targets-panel.tsx';

export function PortfolioScreen() {
  const { t } = useTranslation();
  const { portfolio, treasury } = useStores();
  const loaded = useStore(portfolio);
  const locked = useStore(treasury.profit, ({ data }) => data?.locked ?? '0');
  const isIdle = useEngine(({ status }) => (status?.cyclesRunning.length ?? 0) === 0);
  const [resetting, setResetting] = useState(false);
  return (
    <div className="flex flex-col gap-3 p-3" data-fix="portfolio">
      <h1 className="sr-only">{t('portfolio.title')}</h1>
      <LoadedView
        loaded={loaded}
        what={t('portfolio.what')}
        retry={() => void portfolio.refresh()}
        cancel={() => portfolio.giveUp()}
      >
        {(data) => {
          const { environment: env, quoteAsset: asset } = data;
          return (
            <>
              <MarketPanel
                title={t('portfolio.account', { asset })}
                env={env}
                flush
                note={
                  <>
                    {said(data.basis)} · <Moment ms={data.asOf} form="short" />
                  </>
                }
                actions={
                  env === 'simulated' && (
                    <Button
                      kind="quiet"
                      disabled={!isIdle}
                      title={isIdle ? undefined : t('portfolio.resetWhen')}
                      onClick={() => setResetting(true)}
                    >
                      {t('portfolio.reset')}
                    </Button>
                  )
                }
              >
                <AccountFigures portfolio={data} />
              </MarketPanel>
              <div className="grid gap-3 xl:grid-cols-2">
                <MarketPanel title={t('portfolio.equity')} env={env} flush>
                  <EquityCurve portfolio={data} />
                </MarketPanel>
                <ExposurePanel portfolio={data} locked={locked} />
              </div>
              <MarketPanel
                title={t('portfolio.positions')}
                env={env}
                note={t('portfolio.count', { count: data.positions.length })}
                flush
                actions={<ExportButton what="positions" />}
              >
                <PositionsTable portfolio={data} />
              </MarketPanel>
              <ByHandPanels />
              <Panel title={t('portfolio.openOrders')} env={env} flush actions={<ExportButton what="orders" />}>
                <OrdersTable env={env} orders={data.openOrders} empty={t('portfolio.noOrder')} />
              </Panel>
              <div className="grid items-start gap-3 xl:grid-cols-2">
                <ProfitPanel env={env} />
                <TargetsPanel env={env} asset={asset} />
              </div>
              <PortfolioLog env={env} />
              <ReconciliationPanel />
              <Panel
                title={t('portfolio.fills')}
                env={env}
                note={t('portfolio.newestFirst')}
                flush
                actions={<ExportButton what="fills" />}
              >
                <div className="max-h-96 overflow-y-auto">
                  <FillsTable
                    env={env}
                    fills={data.fills.toSorted((a, b) => b.ts - a.ts)}
                    empty={t('portfolio.noFill')}
                  />
                </div>
              </Panel>
              {resetting && <ResetSheet portfolio={data} onClose={() => setResetting(false)} />}
            </>
          );
        }}
      </LoadedView>
    </div>
  );
}
