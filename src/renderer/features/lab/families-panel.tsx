import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StrategyView } from '#shared/contract/strategies.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { useParameterWords } from '../../app/use-parameter-words.ts';
import { Disclosure } from '../../components/disclosure.tsx';
import { Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

function Family({ family }: { readonly family: StrategyView }) {
  const { t } = useTranslation();
  const named = useNames();
  const words = useParameterWords();
  const { name, summary, notWhen, needs, parts, warmUp, regimes, parameters } = family;
  return (
    <li className="border-t border-hair px-3 py-1 first:border-t-0" data-family={name}>
      <Disclosure
        summary={
          <span className="min-w-0">
            <span className="font-bold text-ink">{named('families', name)}</span> {said(summary)}
          </span>
        }
      >
        <Pairs
          className="max-w-3xl"
          pairs={[
            { label: t('breeding.notWhen'), value: said(notWhen) },
            {
              label: t('breeding.regimes'),
              value:
                regimes.length === 0
                  ? t('breeding.noAgents')
                  : regimes.map((regime) => t(`breeding.regimeNames.${regime}`)).join(', '),
            },
            { label: t('breeding.parts'), value: t('breeding.partsOf', { count: parts }) },
            { label: t('breeding.warmUp'), value: t('breeding.warmUpOf', { count: warmUp }) },
            ...(needs === null ? [] : [{ label: '', value: t('breeding.needsNews') }]),
          ]}
        />
        <Table
          label={t('lab.parametersOf', { name: named('families', name) })}
          columns={[
            { label: t('breeding.parameter') },
            { label: t('breeding.bounds'), align: 'right' },
            { label: t('breeding.usual'), align: 'right' },
            { label: t('breeding.means') },
          ]}
        >
          {parameters.map(({ name: parameter, summary: means, least, most, usual }) => (
            <tr key={parameter}>
              <Cell>
                {words.label(parameter)} <span className="figure-mono text-11 text-faint">{parameter}</span>
              </Cell>
              <Cell align="right" className="figure-mono">
                {least}..{most} <span className="font-sans text-faint">{words.unit(parameter)}</span>
              </Cell>
              <Cell align="right" className="figure-mono">
                {usual}
              </Cell>
              <Cell className="py-1 whitespace-normal text-muted">{said(means)}</Cell>
            </tr>
          ))}
        </Table>
      </Disclosure>
    </li>
  );
}

/** What each family does, when it should not trade, what it answers, and the bounds of its parameters. */
export function FamiliesPanel() {
  const { t } = useTranslation();
  const { breeding } = useStores();
  const loaded = useStore(breeding.strategies);
  useEffect(() => void breeding.strategies.refresh(), [breeding]);
  return (
    <Panel title={t('breeding.strategies')} note={t('breeding.strategiesNote')} flush>
      <LoadedView
        loaded={loaded}
        what={t('breeding.theStrategies')}
        retry={() => void breeding.strategies.refresh()}
        cancel={() => breeding.strategies.giveUp()}
      >
        {(families) => (
          <ul>
            {families.map((family) => (
              <Family key={family.name} family={family} />
            ))}
          </ul>
        )}
      </LoadedView>
    </Panel>
  );
}
