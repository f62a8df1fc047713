import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { LineageView, ReviewView } from '#shared/contract/evolution.ts';
import type { GenomeView, PromotionView } from '#shared/contract/evolution-views.ts';
import { floatText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { useAct } from '../../app/use-act.ts';
import { useNames } from '../../app/use-names.ts';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ParameterList } from '../../components/parameter-list.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

type Market = AppInput<'lab.review'>['market'];
type RowProps = {
  readonly genome: GenomeView;
  readonly decision: PromotionView | undefined;
  readonly busy: boolean;
  readonly onReview: () => void;
};

function Row({ genome, decision, busy, onReview }: RowProps) {
  const { t } = useTranslation();
  const name = useNames();
  const { id, generation, origin, parents, family, params, envelope, fitness, trades } = genome;
  return (
    <tr id={`genome-${id}`} data-genome={id}>
      <Cell className="figure-mono">{id}</Cell>
      <Cell>
        {decision === undefined ? (
          <span className="text-faint">{t('breeding.none')}</span>
        ) : (
          <span title={decision.reasons.map(said).join('; ')}>{t(`breeding.decisions.${decision.decision}`)}</span>
        )}
        {decision?.decision === 'promoted' && (
          <Button className="ml-2" disabled={busy} aria-label={t('breeding.reviewOf', { id })} onClick={onReview}>
            {busy ? t('breeding.reviewing') : t('breeding.review')}
          </Button>
        )}
      </Cell>
      <Cell align="right" className="figure-mono">
        {generation}
      </Cell>
      <Cell>{t(`breeding.origins.${origin}`)}</Cell>
      <Cell className="figure-mono text-muted">{parents.length === 0 ? '–' : parents.join(' ')}</Cell>
      <Cell>
        <span title={t('breeding.envelopeText', envelope)}>{name('families', family)}</span>
      </Cell>
      <Cell className="max-w-64 py-1 whitespace-normal text-muted">
        <ParameterList params={params} />
      </Cell>
      <Cell align="right" className="figure-mono">
        {fitness === null ? '–' : floatText(fitness, 3)}
      </Cell>
      <Cell align="right" className="figure-mono">
        {trades}
      </Cell>
    </tr>
  );
}

const newest = ({ decisions }: LineageView, genome: string): PromotionView | undefined =>
  decisions.findLast((one) => one.genome === genome);

function Reviewed({ review }: { readonly review: ReviewView }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="border-t border-hair px-3 py-2 text-12">
      <p className="font-bold">
        {t(`breeding.reviewed.${review.decision}`, { id: review.genome })}{' '}
        <span className="font-normal text-faint">{t('breeding.reviewDays', { count: review.days })}</span>
      </p>
      {review.reasons.map((reason) => (
        <p key={reason} className="text-muted first-letter:uppercase">
          {said(reason)}
        </p>
      ))}
    </div>
  );
}

/**
 * Every genome of an evolution with its parents, and what was decided about it and why. A promoted one can be judged on newer candles, which
 * takes its place away when its results decayed; nothing here can promote.
 */
export function LineagePanel({ study, market }: { readonly study: string; readonly market: Market }) {
  const { t } = useTranslation();
  const { breeding } = useStores();
  const loaded = useStore(breeding.lineage);
  const { busy, error, run } = useAct();
  const [review, setReview] = useState<ReviewView | null>(null);
  useEffect(() => breeding.look(study), [breeding, study]);
  return (
    <Panel title={t('breeding.lineage')} note={t('breeding.lineageNote')} env="simulated" flush>
      <LoadedView
        loaded={loaded}
        what={t('breeding.theLineage')}
        retry={() => void breeding.lineage.refresh()}
        cancel={() => breeding.lineage.giveUp()}
      >
        {(lineage) =>
          lineage.genomes.length === 0 ? (
            <EmptyState>{t('breeding.noLineage')}</EmptyState>
          ) : (
            <div className="max-h-96 overflow-y-auto">
              <Table
                label={t('breeding.lineage')}
                columns={[
                  { label: t('breeding.genome') },
                  { label: t('breeding.decision') },
                  { label: t('breeding.generation'), align: 'right' },
                  { label: t('breeding.origin') },
                  { label: t('breeding.parents') },
                  { label: t('breeding.family') },
                  { label: t('breeding.parameters') },
                  { label: t('breeding.fitness'), align: 'right' },
                  { label: t('breeding.trades'), align: 'right' },
                ]}
              >
                {lineage.genomes.map((genome) => (
                  <Row
                    key={genome.id}
                    genome={genome}
                    decision={newest(lineage, genome.id)}
                    busy={busy}
                    onReview={() => void run(async () => setReview(await breeding.review(genome.id, market)))}
                  />
                ))}
              </Table>
            </div>
          )
        }
      </LoadedView>
      {error !== null && <ErrorState error={error} />}
      {review !== null && <Reviewed review={review} />}
    </Panel>
  );
}
