import { useTranslation } from 'react-i18next';
import type { ScorecardView, ScoreRowView } from '#shared/contract/scorecard.ts';
import { figureText } from '#shared/format/lab.ts';
import { said } from '../../app/said.ts';
import { Chip } from '../../components/chip.tsx';
import { Figure, Interval } from '../../components/figure.tsx';
import { Pairs } from '../../components/pairs.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';

const OTHERS = ['persistence', 'class prior', 'random', 'rules'] as const;
const TONE = { trial: 'neutral', earned: 'good', withdrawn: 'warn' } as const;
const two = (value: number): string => value.toFixed(2);

/** The difference to another's Brier score: below zero is better, and bold only when its interval is clear of zero. */
function Against({ row, other }: { readonly row: ScoreRowView; readonly other: string }) {
  const found = row.versus.find((one) => one.other === other)?.difference;
  if (found === undefined) return <span className="text-faint">–</span>;
  const interval = 'value' in found ? found.interval : undefined;
  const clear = interval !== undefined && (interval.high < 0 || interval.low > 0);
  return (
    <span className={clear ? 'font-bold' : 'text-muted'}>
      <Figure as="score" figure={found} short />
    </span>
  );
}

function Rows({
  question,
  rows,
}: {
  readonly question: 'direction' | 'regime';
  readonly rows: readonly ScoreRowView[];
}) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Section title={t(`scorecard.questions.${question}`)}>
      <Table
        label={t(`scorecard.questions.${question}`)}
        columns={[
          { label: t('scorecard.who') },
          { label: t('scorecard.brier'), align: 'right' },
          { label: t('scorecard.interval'), align: 'right' },
          { label: t('scorecard.logLoss'), align: 'right' },
          { label: t('scorecard.right'), align: 'right' },
          { label: t('scorecard.persistence'), align: 'right' },
          { label: t('scorecard.prior'), align: 'right' },
          { label: t('scorecard.random'), align: 'right' },
          { label: t('scorecard.rules'), align: 'right' },
          { label: t('scorecard.n'), align: 'right' },
        ]}
      >
        {rows.map((row) => (
          <tr key={`${row.who} ${row.modelHash}`} data-score={row.kind}>
            <Cell className={row.kind === 'baseline' ? 'text-muted' : 'font-medium'}>{row.who}</Cell>
            <Cell align="right">
              <Figure as="score" figure={row.brier} short />
            </Cell>
            <Cell align="right">
              <Interval as="score" figure={row.brier} />
            </Cell>
            <Cell align="right">
              <Figure as="score" figure={row.logLoss} short />
            </Cell>
            <Cell align="right">
              <Figure as="winRate" figure={row.right} short />
            </Cell>
            {OTHERS.map((other) => (
              <Cell key={other} align="right">
                <Against row={row} other={other} />
              </Cell>
            ))}
            <Cell align="right" className="figure-mono text-faint">
              {figureText('score', row.brier).n || row.n}
            </Cell>
          </tr>
        ))}
      </Table>
      {rows
        .filter(({ kind, calibration }) => kind !== 'baseline' && calibration.length > 0)
        .map(({ who, calibration }) => (
          <div key={who} className="mt-3 text-12">
            <p className="text-muted">{t('scorecard.calibration', { who })}</p>
            <ul className="figure-mono mt-1 flex flex-col gap-0.5 text-11 text-muted">
              {calibration.map((bin) => (
                <li key={bin.from}>
                  {t('scorecard.calibrationRow', {
                    said: two(bin.meanProbability),
                    right: two(bin.right),
                    low: two(bin.low),
                    high: two(bin.high),
                    n: bin.n,
                  })}
                </li>
              ))}
            </ul>
          </div>
        ))}
    </Section>
  );
}

/** Who called what how well, against the baselines; the models' say follows from it. */
export function ScorecardCard({ card }: { readonly card: ScorecardView }) {
  const { t } = useTranslation();
  if (card.resolved === 0) return <EmptyState>{t('scorecard.empty')}</EmptyState>;
  return (
    <>
      <p className="px-4 py-2 text-12 text-muted">
        {t('scorecard.due', { count: card.resolved, waiting: card.waiting })}
      </p>
      {(['direction', 'regime'] as const).map((question) => (
        <Rows key={question} question={question} rows={card.rows.filter((row) => row.question === question)} />
      ))}
      {card.authorities.length > 0 && (
        <Section title={t('scorecard.authority')}>
          <Pairs
            pairs={card.authorities.map(({ model, level, why }) => ({
              label: model,
              value: (
                <span className="inline-flex items-center gap-2">
                  <span className="text-muted">{said(why)}</span>
                  <Chip tone={TONE[level]}>{t(`scorecard.levels.${level}`)}</Chip>
                </span>
              ),
            }))}
          />
        </Section>
      )}
    </>
  );
}
