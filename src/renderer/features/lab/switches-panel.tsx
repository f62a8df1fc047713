import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StrategySwitch } from '#shared/contract/strategies.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { RunButton } from '../evidence/run-button.tsx';

/** When another family than the last one of a market was spawned, the newest first, and why. */
export function SwitchesPanel() {
  const { t } = useTranslation();
  const { breeding } = useStores();
  const loaded = useStore(breeding.switches);
  useEffect(() => void breeding.switches.refresh(), [breeding]);
  return (
    <Panel title={t('breeding.switches')} note={t('breeding.switchesNote')} flush>
      <LoadedView
        loaded={loaded}
        what={t('breeding.theSwitches')}
        retry={() => void breeding.switches.refresh()}
        cancel={breeding.switches.giveUp}
      >
        {(list) => (list.length === 0 ? <EmptyState>{t('breeding.noSwitch')}</EmptyState> : <Switches list={list} />)}
      </LoadedView>
    </Panel>
  );
}

function Switches({ list }: { readonly list: readonly StrategySwitch[] }) {
  const { t } = useTranslation();
  const named = useNames();
  const column = (name: 'when' | 'market' | 'from' | 'to' | 'why') => ({ label: t(`breeding.switchColumn.${name}`) });
  const side = ({ family, regime }: StrategySwitch['from']) => (
    <Cell>
      {named('families', family)} <span className="text-faint">{t(`breeding.regimeNames.${regime}`)}</span>
    </Cell>
  );
  return (
    <Table
      label={t('breeding.switches')}
      columns={[column('when'), column('market'), column('from'), column('to'), column('why'), { label: '' }]}
    >
      {list.map(({ seq, cycle, at, instrument, interval, from, to, cause, why }) => (
        <tr key={seq} data-switch={seq}>
          <Cell>
            <Moment ms={at} form="short" />
          </Cell>
          <Cell>
            {instrument} {interval}
          </Cell>
          {side(from)}
          {side(to)}
          <Cell className="py-1 whitespace-normal">
            {t(`breeding.causes.${cause}`)} <span className="text-muted">{said(why)}</span>
          </Cell>
          <Cell align="right">
            <RunButton cycle={cycle} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
