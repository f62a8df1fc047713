import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { LAB_METRICS, paramsText } from '#shared/format/lab.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import { CURVE_LOOKS, CurvesChart } from '../../charts/curves-chart.tsx';
import { Num } from '../../components/figures.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import type { Compared } from '../../stores/lab-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { FigureCell } from './lab-lists.tsx';

const STROKES = ['solid', 'dashed', 'dotted', 'longDashes'] as const;

function Comparison({ compared }: { readonly compared: Compared }) {
  const { t } = useTranslation();
  const named = useNames();
  const { runs, notes, curves } = compared;
  const drawn = useMemo(
    () =>
      curves.map((curve, index) => {
        const start = Number(runs[index]?.startingCash ?? '1');
        return {
          look: CURVE_LOOKS[index] ?? ('first' as const),
          time: curve.time,
          values: curve.equity.map((value) => value / start - 1),
        };
      }),
    [curves, runs],
  );
  const falls = useMemo(
    () =>
      curves.map((curve, index) => ({
        look: CURVE_LOOKS[index] ?? ('first' as const),
        time: curve.time,
        values: curve.drawdown,
      })),
    [curves],
  );
  const names = runs
    .map(({ id }, index) => t('lab.namedStroke', { id, stroke: t(`lab.strokes.${STROKES[index] ?? 'solid'}`) }))
    .join(', ');
  const rows = LAB_METRICS.filter(({ name }) => runs.some(({ metrics }) => metrics[name] !== undefined));
  return (
    <>
      {notes.length > 0 && (
        <ul className="border-b border-hair px-3 py-2 text-12 text-warn">
          {notes.map((note) => (
            <li key={note}>! {said(note)}</li>
          ))}
        </ul>
      )}
      <div className="relative h-72">
        <CurvesChart curves={drawn} falls={falls} unit="share" label={t('lab.curvesLabel', { names })} />
      </div>
      <div className="flex flex-wrap justify-between gap-x-6 border-t border-hair px-3 py-2 text-12 text-muted">
        <p>{t('lab.curvesText', { names })}</p>
        <ChartCredit />
      </div>
      <Table
        label={t('lab.comparison')}
        columns={[
          { label: t('lab.figure') },
          ...runs.map(({ id }) => ({ label: id, align: 'right' as const, className: 'figure-mono' })),
        ]}
      >
        <tr>
          <Cell>{t('lab.strategy')}</Cell>
          {runs.map((run) => (
            <Cell key={run.id} align="right">
              <span title={paramsText(run.params)}>{named('families', run.strategy)}</span>
            </Cell>
          ))}
        </tr>
        <tr data-env="sim">
          <Cell>{t('lab.finalEquity')}</Cell>
          {runs.map((run) => (
            <Cell key={run.id} align="right">
              <Num text={run.finalEquity} decimals={2} />
            </Cell>
          ))}
        </tr>
        {rows.map(({ name, label }) => (
          <tr key={name}>
            <Cell>{label}</Cell>
            {runs.map((run) => (
              <Cell key={run.id} align="right">
                <FigureCell name={name} figure={run.metrics[name]} />
              </Cell>
            ))}
          </tr>
        ))}
      </Table>
    </>
  );
}

/** Two to four runs side by side, with what makes the comparison unfair said first. */
export function CompareView() {
  const { t } = useTranslation();
  const { lab } = useStores();
  const loaded = useStore(lab.compared);
  return (
    <Panel title={t('lab.comparison')} env="simulated" flush>
      <LoadedView
        loaded={loaded}
        what={t('lab.theComparison')}
        retry={() => void lab.compared.refresh()}
        cancel={lab.compared.giveUp}
      >
        {(compared) => <Comparison compared={compared} />}
      </LoadedView>
    </Panel>
  );
}
