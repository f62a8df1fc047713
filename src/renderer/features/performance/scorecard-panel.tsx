import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Disclosure } from '../../components/disclosure.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { MeasureScorecard } from './measure-scorecard.tsx';
import { ScorecardCard } from './scorecard-card.tsx';

/** Rules, models and baselines side by side, on the same moments. */
export function ScorecardPanel() {
  const { t } = useTranslation();
  const { performance } = useStores();
  const loaded = useStore(performance.scorecard);
  return (
    <Panel title={t('scorecard.title')} note={t('scorecard.note')} flush>
      <LoadedView
        loaded={loaded}
        what={t('scorecard.what')}
        retry={() => void performance.scorecard.refresh()}
        cancel={performance.scorecard.giveUp}
      >
        {(card) => <ScorecardCard card={card} />}
      </LoadedView>
      <div className="border-t border-hair px-4 py-2">
        <Disclosure lazy summary={t('scorecard.measure')}>
          <MeasureScorecard />
        </Disclosure>
      </div>
    </Panel>
  );
}
