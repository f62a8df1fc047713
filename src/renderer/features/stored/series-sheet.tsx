import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import { bytesText } from '#shared/format/bytes.ts';
import { decimalText } from '#shared/format/figures.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Pairs } from '../../components/pairs.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { loadedStore } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';

type Props = { readonly series: StoredSeriesView; readonly onClose: () => void };

/** What the engine finds odd in one series, and the file that it writes of it. */
export function SeriesSheet({ series, onClose }: Props) {
  const { t } = useTranslation();
  const { instrument, interval } = series;
  return (
    <Sheet open onClose={onClose} title={t('stored.sheet', { series: `${instrument} ${interval}` })}>
      <Findings series={series} />
      <ExportForm series={series} />
    </Sheet>
  );
}

function Findings({ series }: { readonly series: StoredSeriesView }) {
  const { t } = useTranslation();
  const { stored } = useStores();
  // One look for each opening of the sheet.
  const [look] = useState(() => loadedStore(() => stored.check(series)));
  const loaded = useStore(look);
  useEffect(() => void look.refresh(), [look]);
  const count = (value: number): string => decimalText(String(value));
  return (
    <section aria-label={t('stored.findings')} className="flex flex-col gap-2">
      <h3 className="text-12 font-bold">{t('stored.findings')}</h3>
      <LoadedView loaded={loaded} what={t('stored.findings')} retry={() => void look.refresh()} cancel={look.giveUp}>
        {(check) => (
          <>
            <ul className="flex list-disc flex-col gap-0.5 pl-5 text-12">
              {check.findings.map((finding) => (
                <li key={finding}>{finding}</li>
              ))}
            </ul>
            <Pairs
              pairs={[
                { label: t('stored.count'), value: count(check.candles) },
                { label: t('stored.holes'), value: count(check.gaps.count) },
                { label: t('stored.missing'), value: count(check.gaps.missing) },
                { label: t('stored.quiet'), value: count(check.zeroVolume.candles) },
                { label: t('stored.jumps', { ranges: check.jumps.ranges }), value: count(check.jumps.count) },
                { label: t('stored.revisions'), value: count(check.revisions) },
              ]}
            />
          </>
        )}
      </LoadedView>
    </section>
  );
}

function ExportForm({ series }: { readonly series: StoredSeriesView }) {
  const { t } = useTranslation();
  const { stored } = useStores();
  const { busy, error, run } = useAct();
  const [path, setPath] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { instrument, interval } = series;
    setSaid(null);
    void run(async () => {
      const written = await stored.export({ instrument, interval, path: path.trim(), overwrite: false });
      const shown = decimalText(String(written.candles));
      setSaid(
        t('stored.exported', { path: written.path, count: written.candles, shown, size: bytesText(written.bytes) }),
      );
    });
  };
  return (
    <form onSubmit={submit} className="mt-4 flex flex-col gap-2 border-t border-hair pt-3">
      <TextField
        label={t('stored.exportTo')}
        note={t('stored.exportNote')}
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
      {error !== null && <ErrorState error={error} />}
      <p role="status" className="text-12 break-words text-muted empty:hidden">
        {said}
      </p>
      <Button type="submit" className="self-start" disabled={busy || path.trim() === ''}>
        {t(busy ? 'stored.exporting' : 'stored.export')}
      </Button>
    </form>
  );
}
