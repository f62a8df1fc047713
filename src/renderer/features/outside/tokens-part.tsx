import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Setting } from '../../components/setting.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { TokenSheet } from './token-sheet.tsx';

/** Tokens of the master's own programs: what each may, when it ends, and its end at once. */
export function TokensPart() {
  const { t } = useTranslation();
  const { outside } = useStores();
  const loaded = useStore(outside.tokens);
  const { busy, error, run } = useAct();
  const [making, setMaking] = useState(false);
  useEffect(() => void outside.tokens.refresh(), [outside]);
  return (
    <>
      <Setting id="apiTokens" label={t('outside.tokens')} note={t('outside.tokensNote')}>
        {() => <Button onClick={() => setMaking(true)}>{t('outside.newToken')}</Button>}
      </Setting>
      {error !== null && <ErrorState error={error} />}
      <LoadedView
        loaded={loaded}
        what={t('outside.tokensLoading')}
        retry={() => void outside.tokens.refresh()}
        cancel={outside.tokens.giveUp}
      >
        {(tokens) =>
          tokens.length === 0 ? (
            <EmptyState>{t('outside.tokensEmpty')}</EmptyState>
          ) : (
            <Table
              label={t('outside.tokens')}
              columns={[
                { label: t('outside.tokenName') },
                { label: t('outside.may') },
                { label: t('outside.made') },
                { label: t('outside.ends') },
                { label: t('outside.act'), align: 'right' },
              ]}
            >
              {tokens.map(({ name, scope, madeAt, expiresAt, expired }) => (
                <tr key={name} data-token={name}>
                  <Cell className="figure-mono">{name}</Cell>
                  <Cell>{t(`outside.scopes.${scope}`)}</Cell>
                  <Cell>
                    <Moment ms={madeAt} form="short" />
                  </Cell>
                  <Cell>
                    {expiresAt === null ? t('outside.endsNever') : <Moment ms={expiresAt} form="short" />}{' '}
                    {expired && <Chip tone="warn">{t('outside.over')}</Chip>}
                  </Cell>
                  <Cell align="right">
                    <ConfirmButton
                      label={t('outside.revoke')}
                      ask={t('outside.revokeAsk', { name })}
                      yes={t('outside.revoke')}
                      no={t('outside.cancel')}
                      disabled={busy}
                      onYes={() => void run(() => outside.revokeToken(name))}
                    />
                  </Cell>
                </tr>
              ))}
            </Table>
          )
        }
      </LoadedView>
      {making && <TokenSheet onClose={() => setMaking(false)} />}
    </>
  );
}
