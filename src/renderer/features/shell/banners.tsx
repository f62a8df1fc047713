import { HardDrive, OctagonX, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clockSecondsText } from '#shared/format/time.ts';
import type { ConnectionState } from '../../app/connection.ts';
import { zone } from '../../app/zone.ts';
import { Button } from '../../components/button.tsx';
import { useEngine } from '../../stores/stores-context.tsx';

type Props = { readonly connection: ConnectionState; readonly connect: () => void };

/** Conditions that change what every figure means: they stay until they are over. */
export function Banners({ connection, connect }: Props) {
  const halted = useEngine((state) => state.status?.tradingState === 'halted');
  const { t } = useTranslation();
  const reducing = useEngine((state) => state.status?.tradingState === 'reducing');
  const why = useEngine((state) => state.status?.haltReason ?? null);
  const unwritable = useEngine((state) => (state.status?.journal.writable === false ? state.status.journal.why : null));
  const diskLow = useEngine((state) => state.status?.disk.low === true);
  const offline = connection.phase !== 'ready';
  const wrongKey = connection.phase === 'wrong_key';
  return (
    <div>
      {halted && (
        <div
          role="status"
          className="flex min-h-8 items-center gap-2 border-b border-danger/60 bg-danger/10 px-3 py-1 text-12"
        >
          <OctagonX aria-hidden size={14} className="shrink-0 text-danger" />
          <span>
            <b className="font-bold">Trading is halted</b>
            {why === null ? '' : ` (${why})`}. No agent can be spawned and no entry passes the risk gate until you
            resume.
          </span>
        </div>
      )}
      {reducing && (
        <div
          role="status"
          className="flex min-h-8 items-center gap-2 border-b border-warn/60 bg-warn/10 px-3 py-1 text-12"
        >
          <OctagonX aria-hidden size={14} className="shrink-0 text-warn" />
          <span>
            <b className="font-bold">{t('approvals.level.banner')}</b>
            {why === null ? '' : ` (${why})`}. {t('approvals.level.bannerRest')}
          </span>
        </div>
      )}
      {unwritable !== null && (
        <div
          role="status"
          className="flex min-h-8 items-center gap-2 border-b border-danger/60 bg-danger/10 px-3 py-1 text-12"
        >
          <HardDrive aria-hidden size={14} className="shrink-0 text-danger" />
          <span>
            <b className="font-bold">Nothing can be recorded</b>, so no order is sent: {unwritable}.
          </span>
        </div>
      )}
      {unwritable === null && diskLow && (
        <div
          role="status"
          className="flex min-h-8 items-center gap-2 border-b border-warn/60 bg-warn/10 px-3 py-1 text-12"
        >
          <HardDrive aria-hidden size={14} className="shrink-0 text-warn" />
          <span>
            <b className="font-bold">The disk runs low</b>: less than 500 MB are free. When it is full, no order is
            sent.
          </span>
        </div>
      )}
      {offline && (
        <div
          role="status"
          className="flex min-h-8 items-center gap-2 border-b border-warn/60 bg-warn/10 px-3 py-1 text-12"
        >
          <Unplug aria-hidden size={14} className="shrink-0 text-warn" />
          <span className="min-w-0 flex-1">
            {wrongKey ? (
              <>
                <b className="font-bold">The key of this page is wrong</b>: the engine was started again and gave out a
                new one. The figures are the last ones received. Open the address again that mt up --web printed last.
              </>
            ) : (
              <>
                <b className="font-bold">No connection to the engine</b> since{' '}
                {clockSecondsText(connection.since, zone)}. The figures are the last ones received; buttons do nothing
                until the line is back. In need, use mt kill in a terminal.
              </>
            )}
          </span>
          {!wrongKey && (
            <Button onClick={connect} disabled={connection.phase === 'connecting'}>
              {connection.phase === 'connecting' ? 'Connecting…' : 'Try again'}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
