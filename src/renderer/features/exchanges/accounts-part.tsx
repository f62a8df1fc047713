import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/accounts.ts';
import { said } from '../../app/said.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { TONE_TEXT, type Tone } from '../../components/chip.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { EnvTag } from '../../components/env.tsx';
import { Setting } from '../../components/setting.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AccountSheet } from './account-sheet.tsx';

const TONE: Readonly<Record<AccountView['state'], Tone>> = {
  connecting: 'neutral',
  refused: 'bad',
  reconciling: 'warn',
  ready: 'good',
  broken: 'bad',
};

/** Accounts at venues, the state each is in, and why. */
export function AccountsPart() {
  const { t } = useTranslation();
  const { exchanges, trading } = useStores();
  const loaded = useStore(trading.accounts);
  const keys = useStore(exchanges.keys, ({ data }) => data) ?? [];
  const { busy, error, run } = useAct();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Setting
        id="exchangeAccounts"
        label={t('exchanges.accounts')}
        note={
          <>
            {t('exchanges.accountsNote')}
            {keys.length === 0 && <span className="block">{t('exchanges.needKey')}</span>}
          </>
        }
      >
        {() => (
          <Button disabled={keys.length === 0} onClick={() => setAdding(true)}>
            {t('exchanges.addAccount')}
          </Button>
        )}
      </Setting>
      {error !== null && <ErrorState error={error} />}
      <LoadedView
        loaded={loaded}
        what={t('exchanges.accountsLoading')}
        retry={() => void trading.accounts.refresh()}
        cancel={trading.accounts.giveUp}
      >
        {(accounts) =>
          accounts.length === 0 ? (
            <EmptyState>{t('exchanges.accountsEmpty')}</EmptyState>
          ) : (
            <Table
              label={t('exchanges.accounts')}
              columns={[
                { label: t('exchanges.account') },
                { label: t('exchanges.at') },
                { label: t('exchanges.trades') },
                { label: t('exchanges.state') },
                { label: t('exchanges.act'), align: 'right' },
              ]}
            >
              {accounts.map((account) => (
                <tr key={account.name} data-account={account.name}>
                  <Cell className="font-medium">{account.name}</Cell>
                  <Cell>
                    <span className="inline-flex items-center gap-2">
                      {account.exchange}
                      <EnvTag environment={account.environment} />
                    </span>
                  </Cell>
                  <Cell className="max-w-40 truncate text-muted">{account.instruments.join(' ')}</Cell>
                  <Cell className="min-w-56 py-1 whitespace-normal">
                    <StateWords account={account} />
                  </Cell>
                  <Cell align="right">
                    <ConfirmButton
                      label={t('exchanges.remove')}
                      ask={t('exchanges.removeAccountAsk', { name: account.name })}
                      yes={t('exchanges.remove')}
                      no={t('exchanges.cancel')}
                      disabled={busy}
                      onYes={() => void run(() => exchanges.removeAccount(account.name))}
                    />
                  </Cell>
                </tr>
              ))}
            </Table>
          )
        }
      </LoadedView>
      {adding && <AccountSheet keys={keys} onClose={() => setAdding(false)} />}
    </>
  );
}

function StateWords({ account: { state, why, unresolved, foreign, streamLost } }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={TONE_TEXT[TONE[state]]}>{t(`exchanges.states.${state}`)}</span>
      {why !== null && <span className="block text-muted first-letter:uppercase">{said(why)}</span>}
      {unresolved > 0 && <span className="block text-warn">{t('exchanges.unresolved', { count: unresolved })}</span>}
      {foreign.length > 0 && (
        <span className="block text-muted">{t('exchanges.foreign', { count: foreign.length })}</span>
      )}
      {streamLost && <span className="block text-warn">{t('exchanges.streamLost')}</span>}
    </>
  );
}
