import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RebalanceView } from '#shared/contract/rebalance.ts';
import { opposite, plus, trimmed } from '#shared/format/decimal-text.ts';
import { decimalText, shortPercentText } from '#shared/format/figures.ts';
import { useAct } from '../../app/use-act.ts';
import { AskButton } from '../../components/ask-button.tsx';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import type { Targets } from '../../stores/treasury-store.ts';
import { RebalanceTrades } from './rebalance-trades.tsx';
import { TargetsSheet } from './targets-sheet.tsx';

function Weights({ targets, asset }: { readonly targets: NonNullable<Targets>; readonly asset: string }) {
  const { t } = useTranslation();
  const weights = Object.entries(targets.weights);
  const rest = weights.reduce((left, [, weight]) => plus(left, opposite(weight)), '1');
  return (
    <>
      <Table
        label={t('portfolio.targets')}
        columns={[{ label: t('portfolio.instrument') }, { label: t('portfolio.target'), align: 'right' }]}
      >
        {weights.map(([instrument, weight]) => (
          <tr key={instrument} data-target={instrument}>
            <Cell className="font-medium">{instrument}</Cell>
            <Cell align="right" className="figure-mono">
              {shortPercentText(weight)}
            </Cell>
          </tr>
        ))}
        <tr>
          <Cell className="text-muted">{t('portfolio.cashRest')}</Cell>
          <Cell align="right" className="figure-mono">
            {shortPercentText(trimmed(rest))}
          </Cell>
        </tr>
      </Table>
      <p className="border-t border-hair px-3 py-2 text-12 text-muted">
        {t('portfolio.bandText', {
          band: shortPercentText(targets.band),
          least: decimalText(targets.minNotional),
          asset,
          stop: shortPercentText(targets.stop),
        })}
      </p>
    </>
  );
}

/** Target weights of what is held by hand, and the way back to them: shown first, then sent through the same gate as any order by hand. */
export function TargetsPanel({ env, asset }: { readonly env: string; readonly asset: string }) {
  const { t } = useTranslation();
  const { treasury } = useStores();
  const loaded = useStore(treasury.targets);
  const { busy, error, run } = useAct();
  const [acting, setActing] = useState(false);
  const [editing, setEditing] = useState(false);
  const [plan, setPlan] = useState<RebalanceView | null>(null);
  useEffect(() => void treasury.targets.refresh(), [treasury]);
  const targets = loaded.data?.targets ?? null;
  const go = (preview: boolean): void => {
    setActing(!preview);
    void run(async () => setPlan(await treasury.rebalance(preview))).finally(() => setActing(false));
  };
  return (
    <Panel
      title={t('portfolio.targets')}
      note={t('portfolio.targetsNote')}
      env={env}
      flush
      actions={
        <>
          <Button disabled={loaded.data === null} onClick={() => setEditing(true)}>
            {targets === null ? t('portfolio.setTargets') : t('portfolio.changeTargets')}
          </Button>
          <Button disabled={targets === null || busy} onClick={() => go(true)}>
            {busy && !acting ? t('portfolio.previewing') : t('portfolio.preview')}
          </Button>
        </>
      }
    >
      <LoadedView
        loaded={loaded}
        what={t('portfolio.theTargets')}
        retry={() => void treasury.targets.refresh()}
        cancel={() => treasury.targets.giveUp()}
      >
        {({ targets: set }) =>
          set === null ? <EmptyState>{t('portfolio.noTargets')}</EmptyState> : <Weights targets={set} asset={asset} />
        }
      </LoadedView>
      {error !== null && <ErrorState error={error} />}
      {plan !== null && (
        <RebalanceTrades plan={plan} env={env} asset={asset}>
          {plan.preview && plan.trades.length > 0 && (
            <AskButton
              label={t('portfolio.act')}
              question={t('portfolio.actAsk')}
              name={t('portfolio.actName')}
              busy={acting}
              busyLabel={t('portfolio.acting')}
              onConfirm={() => go(false)}
            />
          )}
        </RebalanceTrades>
      )}
      {editing && loaded.data !== null && (
        <TargetsSheet
          targets={targets}
          asset={asset}
          onClose={() => {
            setEditing(false);
            setPlan(null);
          }}
        />
      )}
    </Panel>
  );
}
