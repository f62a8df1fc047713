import { HardDrive, OctagonX, Unplug, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clockSecondsText } from '#shared/format/time.ts';
import type { ConnectionState } from '../../app/connection.ts';
import { said } from '../../app/said.ts';
import { useOnline } from '../../app/use-online.ts';
import { zone } from '../../app/zone.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useEngine } from '../../stores/stores-context.tsx';

type Props = { readonly connection: ConnectionState; readonly connect: () => void };

/** Conditions that change what every figure means: they stay until they are over. */
export function Banners({ connection, connect }: Props) {
  const { t } = useTranslation();
  const halted = useEngine((state) => state.status?.tradingState === 'halted');
  const reducing = useEngine((state) => state.status?.tradingState === 'reducing');
  const why = useEngine((state) => state.status?.haltReason ?? null);
  const unwritable = useEngine((state) => (state.status?.journal.writable === false ? state.status.journal.why : null));
  const diskLow = useEngine((state) => state.status?.disk.low === true);
  // Without live prices nothing here needs a network, so its absence is no news.
  const onLivePrices = useEngine((state) => state.status !== null && state.status.livePrices !== null);
  const noNetwork = !useOnline() && onLivePrices;
  const offline = connection.phase !== 'ready';
  const wrongKey = connection.phase === 'wrong_key';
  return (
    <div>
      {halted && (
        <Notice tone="danger" icon={OctagonX} title={t('bar.halted')}>
          {why === null ? t('bar.haltedPlain') : t('bar.haltedWhy', { why })}
        </Notice>
      )}
      {reducing && (
        <div
          role="status"
          className="flex min-h-8 items-center gap-2 border-b border-warn/60 bg-warn/10 px-3 py-1 text-12"
        >
          <OctagonX aria-hidden size={14} className="shrink-0 text-warn" />
          <span>
            <b className="font-bold">{t('approvals.level.banner')}</b>
            {why === null ? '' : ` (${said(why)})`}. {t('approvals.level.bannerRest')}
          </span>
        </div>
      )}
      {unwritable !== null && (
        <Notice tone="danger" icon={HardDrive} title={t('bar.unwritable')}>
          {t('bar.unwritableMeans', { why: unwritable })}
        </Notice>
      )}
      {unwritable === null && diskLow && (
        <Notice tone="warn" icon={HardDrive} title={t('bar.diskLow')}>
          {t('bar.diskLowMeans')}
        </Notice>
      )}
      {noNetwork && !offline && (
        <Notice tone="warn" icon={WifiOff} title={t('states.offline')}>
          {t('states.offlineMeans')}
        </Notice>
      )}
      {offline && (
        <Notice
          tone="warn"
          icon={Unplug}
          title={wrongKey ? t('bar.wrongKey') : t('bar.lost')}
          action={
            !wrongKey && (
              <Button onClick={connect} disabled={connection.phase === 'connecting'}>
                {connection.phase === 'connecting' ? t('bar.connecting') : t('states.tryAgain')}
              </Button>
            )
          }
        >
          {wrongKey ? t('bar.wrongKeyMeans') : t('bar.lostMeans', { at: clockSecondsText(connection.since, zone) })}
        </Notice>
      )}
    </div>
  );
}
