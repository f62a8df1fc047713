import { useTranslation } from 'react-i18next';
import type { FactsView } from '#shared/contract/receipts.ts';
import { factText } from '#shared/format/facts.ts';
import { environmentTag, sentence, shortHash } from '#shared/format/names.ts';
import { ageText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { EnvTag } from '../../components/env.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';

/** One fact and where it comes from; without one, where all of them come from. */
export function FactDetail({ facts, id }: { readonly facts: FactsView; readonly id: string | null }) {
  const { t } = useTranslation();
  const fact = facts.facts.find((one) => one.id === id);
  const hash = (value: string, what: string) => <CopyText value={value} shown={shortHash(value)} what={what} />;
  const about: readonly Pair[] =
    fact === undefined
      ? []
      : [
          { label: t('evidence.unit'), value: t(`evidence.units.${fact.unit}`) },
          {
            label: t('evidence.source'),
            value: t('evidence.sourceValue', {
              name: fact.name,
              instrument: facts.instrument,
              interval: facts.interval,
            }),
          },
        ];
  const behind: readonly Pair[] = [
    { label: t('evidence.market'), value: `${facts.instrument} ${facts.interval}, ${facts.marketSource}` },
    { label: t('evidence.asOf'), value: <Moment ms={facts.asOf} /> },
    {
      label: t('evidence.candles'),
      value: t('evidence.candlesValue', { count: facts.candles, gaps: facts.gaps }),
    },
    { label: t('evidence.from'), value: <Moment ms={facts.firstOpen} /> },
    { label: t('evidence.to'), value: <Moment ms={facts.lastClose} /> },
    { label: t('evidence.snapshot'), value: hash(facts.snapshotHash, t('evidence.snapshotWhat')) },
    { label: t('evidence.context'), value: hash(facts.contextHash, t('evidence.contextWhat')) },
    { label: t('evidence.record'), value: t('evidence.recordValue', { seq: facts.recordSeq }) },
    { label: '', value: hash(facts.recordHash, t('evidence.recordWhat')) },
  ];
  return (
    <section data-testid="fact" data-env={environmentTag(facts.environment)} className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        {fact !== undefined && (
          <div className="min-w-0">
            <h3 className="text-13 font-bold">
              <span className="figure-mono text-accent">{fact.id}</span> {sentence(said(fact.label))}
            </h3>
            <p className="figure-mono text-24 font-bold" data-num="">
              {factText(fact)}
            </p>
            <p className="text-11 text-faint">{t(fact.cited ? 'evidence.cited' : 'evidence.uncited')}</p>
          </div>
        )}
        <div className="ml-auto flex flex-col items-end gap-1 text-11 text-faint">
          <EnvTag environment={facts.environment} />
          <span>{t('evidence.newest', { age: ageText(facts.dataAgeMs) })}</span>
        </div>
      </div>
      <Pairs pairs={[...about, ...behind]} />
    </section>
  );
}
