import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AgentView } from '#shared/contract/agents.ts';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { RunChart } from '../market/run-chart.tsx';

/** The candles that it traded in, with its fills, and its entry, stop and target: where they are, or last were. */
export function AgentChart({ agent }: { readonly agent: AgentView }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const loaded = useStore(agents.chart);
  const { cycle, instrument, interval, environment } = agent;
  useEffect(() => agents.openChart({ cycle, instrument }), [agents, cycle, instrument]);
  return (
    <Panel title={`${instrument} ${interval}`} note={t('market.openNote')} env={environment} flush>
      <LoadedView
        loaded={loaded}
        what={t('market.candles')}
        retry={() => void agents.chart.refresh()}
        cancel={() => agents.chart.giveUp()}
      >
        {(chart) =>
          chart === null ? (
            <EmptyState>{t('agents.noCandles')}</EmptyState>
          ) : (
            <RunChart chart={chart} identity={`${cycle}`} />
          )
        }
      </LoadedView>
    </Panel>
  );
}
