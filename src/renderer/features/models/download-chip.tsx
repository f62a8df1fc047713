import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { useStores } from '../../stores/stores-context.tsx';
import { isStalled, percentOf } from './downloads-panel.tsx';

/** How far the download is, on every screen; nothing while none runs. */
export function DownloadChip() {
  const { t } = useTranslation();
  const { models } = useStores();
  const running = useStore(models.list, ({ data }) => data?.downloads.find(({ state }) => state === 'running'));
  if (running === undefined) return null;
  return (
    <Link
      href="/models"
      title={t('models.chipTitle')}
      data-testid="download-chip"
      className="figure fade flex h-full min-w-0 items-center gap-1.5 border-r border-hair px-2.5 whitespace-nowrap -outline-offset-2 hover:bg-bg2 hover:text-ink"
    >
      <Download aria-hidden size={12} />
      <span className="truncate">
        {isStalled(running)
          ? t('models.chipStalled', { name: running.name })
          : t('models.chip', { name: running.name, percent: percentOf(running) })}
      </span>
    </Link>
  );
}
