import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { VenueRow } from '#shared/contract/venues.ts';
import { said } from '../../app/said.ts';
import { useAct } from '../../app/use-act.ts';
import { TONE_TEXT, type Tone } from '../../components/chip.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Moment } from '../../components/moment.tsx';
import { Setting } from '../../components/setting.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import type { VenueCheckResult } from '../../stores/exchanges-store.ts';
import { useStores } from '../../stores/stores-context.tsx';

const TONE: Readonly<Record<VenueRow['grade'], Tone>> = {
  checked: 'good',
  failed: 'bad',
  'not yet checked': 'warn',
  ungraded: 'neutral',
};

/** Venues with their grade, and the check that gives one. */
export function VenuesPart() {
  const { t } = useTranslation();
  const { exchanges } = useStores();
  const loaded = useStore(exchanges.venues);
  const { busy, error, run } = useAct();
  const [checking, setChecking] = useState('');
  const [result, setResult] = useState<VenueCheckResult | null>(null);
  const check = (id: string): void => {
    setChecking(id);
    setResult(null);
    void run(async () => setResult(await exchanges.check(id)));
  };
  return (
    <>
      <Setting id="venues" label={t('exchanges.venues')} note={t('exchanges.venuesNote')}>
        {() => null}
      </Setting>
      <p role="status" className="px-3 text-12 text-muted">
        {busy ? t('exchanges.checking', { id: checking }) : result !== null && t('exchanges.result', result)}
      </p>
      {result !== null && <FailedSteps result={result} />}
      {error !== null && <ErrorState error={error} />}
      <LoadedView
        loaded={loaded}
        what={t('exchanges.venuesLoading')}
        retry={() => void exchanges.venues.refresh()}
        cancel={exchanges.venues.giveUp}
      >
        {({ venues, others }) => (
          <>
            {venues.length === 0 ? (
              <EmptyState>{t('exchanges.venuesEmpty')}</EmptyState>
            ) : (
              <Table
                label={t('exchanges.venues')}
                columns={[
                  { label: t('exchanges.venue') },
                  { label: t('exchanges.grade') },
                  { label: t('exchanges.checked') },
                  { label: t('exchanges.act'), align: 'right' },
                ]}
              >
                {venues.map((venue) => (
                  <tr key={venue.id} data-venue={venue.id}>
                    <Cell className="font-medium">{venue.id}</Cell>
                    <Cell className={TONE_TEXT[TONE[venue.grade]]}>{t(`exchanges.grades.${venue.grade}`)}</Cell>
                    <Cell className="text-muted">
                      {venue.checkedAt === null ? (
                        t('exchanges.never')
                      ) : (
                        <>
                          <Moment ms={venue.checkedAt} />{' '}
                          {venue.against !== null && t(`exchanges.against.${venue.against}`)}
                        </>
                      )}
                    </Cell>
                    <Cell align="right">
                      <ConfirmButton
                        label={t('exchanges.check')}
                        ask={t('exchanges.checkAsk', { id: venue.id })}
                        yes={t('exchanges.check')}
                        no={t('exchanges.cancel')}
                        disabled={busy}
                        onYes={() => check(venue.id)}
                      />
                    </Cell>
                  </tr>
                ))}
              </Table>
            )}
            {others.length > 0 && (
              <div className="border-t border-hair px-3 py-1">
                <Disclosure summary={t('exchanges.others', { count: others.length })}>
                  <p className="text-12 text-muted">{others.join(', ')}</p>
                </Disclosure>
              </div>
            )}
          </>
        )}
      </LoadedView>
    </>
  );
}

/** What went wrong, in the words of the check; what passed is a number. */
function FailedSteps({ result }: { readonly result: VenueCheckResult }) {
  const { t } = useTranslation();
  const failed = result.steps.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return null;
  return (
    <ul className="px-3 py-1 text-12 text-danger">
      {failed.map((step) => (
        <li key={step.name}>{t('exchanges.step', { name: said(step.name), detail: said(step.detail) })}</li>
      ))}
    </ul>
  );
}
