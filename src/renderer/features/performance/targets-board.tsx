import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TargetsView, TargetView } from '#shared/contract/performance.ts';
import { percentText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { said } from '../../app/said.ts';
import { Chip } from '../../components/chip.tsx';
import { Figure, Interval } from '../../components/figure.tsx';
import { Cell, Table } from '../../components/table.tsx';

const GOAL = {
  wins: 'performance.goals.wins',
  accuracy: 'performance.goals.accuracy',
  'yearly-return': 'performance.goals.yearlyReturn',
  drawdown: 'performance.goals.drawdown',
  uptime: 'performance.goals.uptime',
} as const;

const STATE = {
  met: { word: 'performance.states.met', tone: 'good', icon: CircleCheck },
  'not met': { word: 'performance.states.notMet', tone: 'warn', icon: CircleX },
  'not enough data': { word: 'performance.states.notEnough', tone: 'neutral', icon: CircleHelp },
} as const;

const goalText = ({ goal }: TargetView): string =>
  'least' in goal ? `≥ ${percentText(String(goal.least), 1)}` : `≤ ${percentText(String(goal.most), 1)}`;

/** Each goal beside what was measured, with its count and interval. The rule of a state is said where it is hovered. */
export function TargetsBoard({ view }: { readonly view: TargetsView }) {
  const { t } = useTranslation();
  return (
    <Table
      label={t('performance.targets')}
      columns={[
        { label: t('performance.target') },
        { label: t('performance.of') },
        { label: t('performance.goal'), align: 'right' },
        { label: t('performance.state') },
        { label: t('performance.measured'), align: 'right' },
        { label: t('performance.interval'), align: 'right' },
        { label: t('performance.n'), align: 'right' },
      ]}
    >
      {view.targets.map((target) => {
        const { word, tone, icon: Icon } = STATE[target.state];
        return (
          <tr key={`${target.id} ${target.subject}`} data-target={target.id} data-state={target.state}>
            <Cell className="font-medium">{t(GOAL[target.id])}</Cell>
            <Cell className="text-muted">{said(target.subject)}</Cell>
            <Cell align="right" className="figure-mono">
              {goalText(target)}
            </Cell>
            <Cell>
              <Chip tone={tone} icon={<Icon aria-hidden size={12} />} title={said(target.rule)}>
                {t(word)}
              </Chip>
            </Cell>
            <Cell align="right" className="whitespace-normal">
              {'undefinable' in target.measured ? (
                <span className="text-muted">{said(target.measured.undefinable)}</span>
              ) : (
                <Figure as="winRate" figure={target.measured} />
              )}
            </Cell>
            <Cell align="right">
              <Interval as="winRate" figure={target.measured} />
            </Cell>
            <Cell align="right" className="figure-mono text-faint">
              {figureText('winRate', target.measured).n}
            </Cell>
          </tr>
        );
      })}
    </Table>
  );
}
