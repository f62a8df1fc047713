import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ArbitragePair, ArbitrageSieve, ArbitrageView } from '#shared/contract/arbitrage.ts';
import { shortMoney } from '#shared/format/arbitrage.ts';
import { floatText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { Disclosure } from '../../components/disclosure.tsx';
import { Num } from '../../components/figures.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';

const STAGES = ['moments', 'gross', 'quoted', 'net', 'survived', 'certain'] as const;
const COUNTS = [
  ['trades', 'trades'],
  ['legFailed', 'legFailures'],
  ['forced', 'forced'],
  ['lost', 'losing'],
  ['open', 'open'],
  ['notFunded', 'detectOnly'],
] as const satisfies readonly (readonly [string, keyof ArbitrageSieve])[];
const PPM_OF_PERCENT = 10_000;
const DAYS_SHOWN = 100;

const percent = (ppm: number): string => `${floatText(ppm / PPM_OF_PERCENT, 2)}%`;
const count = (value: number): string => floatText(value, 0);

function StageCells({ sieve }: { readonly sieve: ArbitrageSieve }) {
  return (
    <>
      {STAGES.map((stage) => (
        <Cell key={stage} align="right" className={stage === 'certain' ? 'figure-mono font-bold' : 'figure-mono'}>
          {count(sieve[stage])}
        </Cell>
      ))}
      {[sieve.grossMostPpm, sieve.netMostPpm].map((ppm, place) => (
        <Cell key={place} align="right" className="figure-mono text-muted">
          {percent(ppm)}
        </Cell>
      ))}
    </>
  );
}

function PairName({ pair: { pair, kind } }: { readonly pair: ArbitragePair }) {
  const { t } = useTranslation();
  return (
    <>
      {pair} <span className="text-faint">{t(`measuring.pairKinds.${kind}`)}</span>
    </>
  );
}

function useStageColumns() {
  const { t } = useTranslation();
  return [
    ...STAGES.map((stage) => ({ label: t(`measuring.stages.${stage}`), align: 'right' as const })),
    { label: t('measuring.largestGross'), align: 'right' as const },
    { label: t('measuring.largestNet'), align: 'right' as const },
  ];
}

function SieveTable({ pairs }: { readonly pairs: readonly ArbitragePair[] }) {
  const { t } = useTranslation();
  const stages = useStageColumns();
  return (
    <Table label={t('measuring.sieve')} columns={[{ label: t('measuring.pair') }, ...stages]}>
      {pairs.map((pair) => (
        <tr key={pair.pair} data-pair={pair.pair}>
          <Cell className="font-medium">
            <PairName pair={pair} />
          </Cell>
          <StageCells sieve={pair.total} />
        </tr>
      ))}
    </Table>
  );
}

function TradesTable({ pairs }: { readonly pairs: readonly ArbitragePair[] }) {
  const { t } = useTranslation();
  return (
    <Table
      label={t('measuring.simulatedTrades')}
      columns={[
        { label: t('measuring.pair') },
        ...COUNTS.map(([label]) => ({ label: t(`measuring.counts.${label}`), align: 'right' as const })),
        { label: t('measuring.transfers'), align: 'right' },
        { label: t('measuring.networkFees'), align: 'right' },
        { label: t('measuring.result'), align: 'right' },
        { label: t('measuring.inAsset') },
      ]}
    >
      {pairs.map((pair) => (
        <tr key={pair.pair} data-env="sim">
          <Cell className="font-medium">{pair.pair}</Cell>
          {COUNTS.map(([label, field]) => (
            <Cell key={label} align="right" className="figure-mono">
              {count(pair.total[field])}
            </Cell>
          ))}
          <Cell align="right" className="figure-mono">
            {count(pair.transfers)}
          </Cell>
          <Cell align="right">
            <Num text={shortMoney(pair.networkFees)} />
          </Cell>
          <Cell align="right">
            <Num text={shortMoney(pair.total.profit)} />
          </Cell>
          <Cell>{pair.home}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function PairDays({ pair }: { readonly pair: ArbitragePair }) {
  const { t } = useTranslation();
  const stages = useStageColumns();
  return (
    <>
      {pair.reasons.length > 0 && (
        <div className="mb-2 text-12">
          <p className="text-muted">{t('measuring.reasons', { pair: pair.pair })}</p>
          <ul className="text-muted">
            {pair.reasons.map(({ reason, times }) => (
              <li key={reason}>{t('measuring.times', { reason: said(reason), count: times })}</li>
            ))}
          </ul>
        </div>
      )}
      <Table label={t('measuring.days', { pair: pair.pair })} columns={[{ label: t('measuring.day') }, ...stages]}>
        {pair.days.slice(0, DAYS_SHOWN).map((day) => (
          <tr key={day.day}>
            <Cell className="figure-mono">{day.day}</Cell>
            <StageCells sieve={day} />
          </tr>
        ))}
      </Table>
    </>
  );
}

/** Spreads that were there, what each cost leaves of them, and what trades would have come to; never an order. */
export function ArbitrageReport({ found }: { readonly found: ArbitrageView }) {
  const { t } = useTranslation();
  const { family, pairs, conditions, notes } = found;
  return (
    <>
      <Panel title={t('measuring.sieve')} note={t('measuring.sieveNote')} env="simulated" flush>
        <Notice tone="warn" icon={Eye} title={t('measuring.detectOnly')}>
          {said(family.summary)}
        </Notice>
        {pairs.length === 0 ? (
          <EmptyState>{t('measuring.noPair')}</EmptyState>
        ) : (
          <>
            <SieveTable pairs={pairs} />
            <ul>
              {pairs.map((pair) => (
                <li key={pair.pair} className="border-t border-hair px-3 py-1">
                  <Disclosure lazy summary={t('measuring.days', { pair: pair.pair })}>
                    <PairDays pair={pair} />
                  </Disclosure>
                </li>
              ))}
            </ul>
          </>
        )}
      </Panel>
      {pairs.length > 0 && (
        <Panel title={t('measuring.simulatedTrades')} env="simulated" flush>
          <TradesTable pairs={pairs} />
        </Panel>
      )}
      <Panel title={t('measuring.conditions')}>
        <div className="grid gap-x-6 gap-y-2 text-12 lg:grid-cols-2">
          <ul className="flex list-disc flex-col gap-0.5 pl-4 text-muted">
            {[...conditions, ...notes].map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
          <div>
            <p className="mb-1 font-medium">{t('measuring.shouldNot')}</p>
            <ul className="flex list-disc flex-col gap-0.5 pl-4 text-muted">
              {family.shouldNotTrade.map((when) => (
                <li key={when}>{when}</li>
              ))}
            </ul>
          </div>
        </div>
      </Panel>
    </>
  );
}
