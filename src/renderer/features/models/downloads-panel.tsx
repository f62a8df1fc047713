import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DownloadView } from '#shared/contract/models.ts';
import { bytesText } from '#shared/format/bytes.ts';
import { durationText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const TONE = { running: 'accent', paused: 'warn', done: 'good', failed: 'bad', canceled: 'neutral' } as const;

export const percentOf = ({ doneBytes, totalBytes }: DownloadView): number =>
  totalBytes === null || totalBytes === 0 ? 0 : Math.min(100, Math.floor((100 * doneBytes) / totalBytes));

/** True where it runs and nothing has arrived for seconds. */
export const isStalled = ({ state, bytesPerSecond }: DownloadView): boolean =>
  state === 'running' && bytesPerSecond === 0;

function Pace({ download }: { readonly download: DownloadView }) {
  const { t } = useTranslation();
  const { bytesPerSecond: rate, doneBytes, totalBytes } = download;
  if (isStalled(download)) return <span className="text-warn">{t('models.stalled')}</span>;
  if (rate === null || rate === 0) return null;
  return (
    <span className="figure-mono text-muted">
      {t('models.rate', { rate: bytesText(rate) })}
      {totalBytes === null
        ? ''
        : ` · ${t('models.timeLeft', { time: durationText((1000 * (totalBytes - doneBytes)) / rate) })}`}
    </span>
  );
}

function Download({ download }: { readonly download: DownloadView }) {
  const { t } = useTranslation();
  const { models } = useStores();
  const busy = useStore(models, (state) => state.busy !== null);
  const { id, url, name, state, doneBytes, totalBytes, why } = download;
  const percent = percentOf(download);
  const open = state === 'running' || state === 'paused' || state === 'failed';
  return (
    <li
      className="flex flex-col gap-1.5 border-t border-hair px-3 py-2.5 text-12 first:border-t-0"
      data-download={name}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{name}</span>
        <Chip tone={TONE[state]}>{t(`models.downloadStates.${state}`)}</Chip>
        <span className="figure-mono text-muted">
          {totalBytes === null
            ? bytesText(doneBytes)
            : t('models.progressOf', { done: bytesText(doneBytes), total: bytesText(totalBytes) })}
        </span>
        <Pace download={download} />
      </div>
      <p className="truncate text-11 text-faint" title={url}>
        {url}
      </p>
      {open && (
        <progress
          aria-label={`${t('models.progress')} ${name}`}
          value={percent}
          max={100}
          className="h-1.5 w-full appearance-none overflow-hidden rounded-control border-0 bg-bg3 [&::-webkit-progress-bar]:bg-bg3 [&::-webkit-progress-value]:bg-accent"
        />
      )}
      {why !== null && <p className="text-danger first-letter:uppercase">{said(why)}</p>}
      {open && (
        <div className="flex items-center gap-2">
          {state === 'running' ? (
            <Button disabled={busy} onClick={() => void models.pause(id)}>
              {t('models.pause')}
            </Button>
          ) : (
            <Button disabled={busy} onClick={() => void models.download(url)}>
              {t('models.resume')}
            </Button>
          )}
          <span className="ml-auto">
            <ConfirmButton
              label={t('models.cancel')}
              ask={t('models.cancelSure')}
              yes={t('models.cancelYes')}
              no={t('models.keep')}
              disabled={busy}
              onYes={() => void models.cancel(id)}
            />
          </span>
        </div>
      )}
    </li>
  );
}

export function DownloadsPanel({ downloads }: { readonly downloads: readonly DownloadView[] }) {
  const { t } = useTranslation();
  if (downloads.length === 0) return <EmptyState>{t('models.noDownloads')}</EmptyState>;
  return (
    <ul>
      {downloads.map((download) => (
        <Download key={download.id} download={download} />
      ))}
    </ul>
  );
}
