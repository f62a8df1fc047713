import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/accounts.ts';
import { compare } from '#shared/format/decimal-text.ts';
import { environmentTag } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { TONE_TEXT, type Tone } from '../../components/chip.tsx';
import { EnvTag } from '../../components/env.tsx';
import { Num } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useCycle, useStores } from '../../stores/stores-context.tsx';
import { Unreconciled } from '../trading/unreconciled.tsx';

const TONE: Readonly<Record<AccountView['state'], Tone>> = {
  connecting: 'neutral',
  refused: 'bad',
  reconciling: 'warn',
  ready: 'good',
  broken: 'bad',
};

/** The simulated account has no venue to differ from: its books are proven against themselves when a cycle ends. */
function SimulatedRow() {
  const { t } = useTranslation();
  const ended = useCycle(({ newest }) => newest);
  const proof = ended?.result?.reconciliation;
  const isBalanced = proof === undefined || compare(proof.difference, '0') === 0;
  return (
    <tr data-account="simulated" data-env={environmentTag('simulated')}>
      <Cell className="font-medium">
        <span className="inline-flex items-center gap-2">
          {t('portfolio.simulated')}
          <EnvTag environment="simulated" />
        </span>
      </Cell>
      <Cell className="py-1 whitespace-normal">
        <span className={TONE_TEXT[isBalanced ? 'good' : 'bad']}>
          {proof === undefined ? t('portfolio.never') : t('portfolio.balanced')}
        </span>
        <span className="block text-muted">{t('portfolio.simulatedNote')}</span>
      </Cell>
      <Cell>
        {ended === null || proof === undefined ? (
          <span className="text-faint">{t('portfolio.never')}</span>
        ) : (
          t('portfolio.atCycle', { cycle: ended.cycle })
        )}
      </Cell>
      <Cell align="right">{proof === undefined ? '–' : <Num text={proof.difference} />}</Cell>
    </tr>
  );
}

function VenueRow({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { name, exchange, environment, state, why, difference, reconciledAt, foreign, unresolved } = account;
  return (
    <tr data-account={name} data-env={environmentTag(environment)}>
      <Cell className="font-medium">
        <span className="inline-flex items-center gap-2">
          {name} <span className="font-normal text-muted">{exchange}</span>
          <EnvTag environment={environment} />
        </span>
      </Cell>
      <Cell className="min-w-48 py-1 whitespace-normal">
        <span className={TONE_TEXT[TONE[state]]}>{t(`exchanges.states.${state}`)}</span>
        {why !== null && <span className="block text-muted first-letter:uppercase">{said(why)}</span>}
        {unresolved > 0 && <span className="block text-warn">{t('portfolio.unresolved', { count: unresolved })}</span>}
        {foreign.length > 0 && (
          <span className="block text-muted">{t('portfolio.foreign', { count: foreign.length })}</span>
        )}
      </Cell>
      <Cell>
        {reconciledAt === null ? (
          <span className="text-faint">{t('portfolio.never')}</span>
        ) : (
          <Moment ms={reconciledAt} form="short" />
        )}
      </Cell>
      <Cell align="right" className="whitespace-normal">
        {difference === null ? (
          <span className="text-muted">{reconciledAt === null ? '–' : t('portfolio.none')}</span>
        ) : (
          <span className="text-danger">{difference}</span>
        )}
      </Cell>
    </tr>
  );
}

/** Of each account: whether our books say what the other side says, since when, and what differs. */
export function ReconciliationPanel() {
  const { t } = useTranslation();
  const { trading } = useStores();
  const loaded = useStore(trading.accounts);
  return (
    <Panel title={t('portfolio.reconciliation')} note={t('portfolio.reconciliationNote')} flush>
      <LoadedView
        loaded={loaded}
        what={t('portfolio.theAccounts')}
        retry={() => void trading.accounts.refresh()}
        cancel={() => trading.accounts.giveUp()}
      >
        {(accounts) => (
          <>
            {accounts.map((account) => (
              <Unreconciled key={account.name} account={account} />
            ))}
            <Table
              label={t('portfolio.reconciliation')}
              columns={[
                { label: t('portfolio.accountName') },
                { label: t('portfolio.state') },
                { label: t('portfolio.lastAgreed') },
                { label: t('portfolio.difference'), align: 'right' },
              ]}
            >
              <SimulatedRow />
              {accounts.map((account) => (
                <VenueRow key={account.name} account={account} />
              ))}
            </Table>
            {accounts.length === 0 && (
              <p className="border-t border-hair px-3 py-2 text-12 text-muted">{t('portfolio.noVenues')}</p>
            )}
          </>
        )}
      </LoadedView>
    </Panel>
  );
}
