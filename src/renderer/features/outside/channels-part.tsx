import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type OutboundSettingView, outboundChannel } from '#shared/contract/outbound.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Setting } from '../../components/setting.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import type { Channel } from '../../stores/outside-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { ChannelSheet } from './channel-sheet.tsx';

const placeOf = (setting: OutboundSettingView): string => {
  if (setting.channel === 'email') return setting.to;
  return setting.channel === 'telegram' ? setting.chat : new URL(setting.url).host;
};

/** Channels that carry alerts out of this machine: off until the master sets one. */
export function ChannelsPart() {
  const { t } = useTranslation();
  const { outside, vault } = useStores();
  const loaded = useStore(outside.channels);
  const bare = useStore(vault, ({ status }) => status?.state === 'open');
  const { busy, error, run } = useAct();
  const [open, setOpen] = useState<Channel | null>(null);
  const [tested, setTested] = useState<Channel | null>(null);
  useEffect(() => void outside.channels.refresh(), [outside]);

  const test = (channel: Channel): void => {
    setTested(null);
    void run(() => outside.testChannel(channel)).then((done) => (done ? setTested(channel) : undefined));
  };
  return (
    <>
      <Setting
        id="outsideChannels"
        label={t('outside.channels')}
        note={
          <>
            {t('outside.channelsNote')}
            {bare && <span className="block">{t('outside.needPassphrase')}</span>}
          </>
        }
      >
        {() => <span />}
      </Setting>
      {error !== null && <ErrorState error={error} />}
      <p role="status" className="px-3 text-12 text-muted empty:hidden">
        {tested === null ? '' : t('outside.tested', { channel: t(`outside.name.${tested}`) })}
      </p>
      <LoadedView
        loaded={loaded}
        what={t('outside.loading')}
        retry={() => void outside.channels.refresh()}
        cancel={outside.channels.giveUp}
      >
        {(channels) => (
          <>
            <Table
              label={t('outside.channels')}
              columns={[
                { label: t('outside.channel') },
                { label: t('outside.to') },
                { label: t('outside.from') },
                { label: t('outside.act'), align: 'right' },
              ]}
            >
              {outboundChannel.options.map((channel) => {
                const known = channels.find(({ setting }) => setting.channel === channel);
                const name = t(`outside.name.${channel}`);
                return (
                  <tr key={channel} data-channel={channel}>
                    <Cell className="font-medium">{name}</Cell>
                    <Cell className="max-w-56 truncate">
                      {known === undefined ? (
                        <span className="text-muted">{t('outside.off')}</span>
                      ) : (
                        placeOf(known.setting)
                      )}
                      {known !== undefined && !known.ready && (
                        <span className="block text-warn">{t('outside.incomplete')}</span>
                      )}
                    </Cell>
                    <Cell>{known === undefined ? '' : t(`outside.least.${known.setting.least}`)}</Cell>
                    <Cell align="right">
                      <span className="inline-flex flex-wrap justify-end gap-2">
                        <Button
                          kind="quiet"
                          disabled={bare}
                          aria-label={t(known === undefined ? 'outside.setNamed' : 'outside.changeNamed', {
                            channel: name,
                          })}
                          onClick={() => setOpen(channel)}
                        >
                          {t(known === undefined ? 'outside.set' : 'outside.change')}
                        </Button>
                        {known !== undefined && (
                          <>
                            <Button
                              kind="quiet"
                              disabled={busy || !known.ready}
                              aria-label={t('outside.testNamed', { channel: name })}
                              onClick={() => test(channel)}
                            >
                              {t(busy ? 'outside.testing' : 'outside.test')}
                            </Button>
                            <ConfirmButton
                              label={t('outside.remove')}
                              ask={t('outside.removeAsk', { channel: name })}
                              yes={t('outside.remove')}
                              no={t('outside.cancel')}
                              disabled={busy}
                              onYes={() => void run(() => outside.removeChannel(channel))}
                            />
                          </>
                        )}
                      </span>
                    </Cell>
                  </tr>
                );
              })}
            </Table>
            {open !== null && (
              <ChannelSheet
                channel={open}
                known={channels.find(({ setting }) => setting.channel === open)?.setting}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        )}
      </LoadedView>
    </>
  );
}
