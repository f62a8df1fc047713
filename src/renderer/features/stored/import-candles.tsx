import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimalText } from '#shared/format/figures.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { FileField } from '../../components/file-field.tsx';
import { Setting } from '../../components/setting.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { FIRST_SERIES, SeriesChoice } from './series-choice.tsx';

/** Takes candles out of a file. One bad row refuses the whole file, and the refusal names the row. */
export function ImportCandles() {
  const { t } = useTranslation();
  const { stored } = useStores();
  const { busy, error, run } = useAct();
  const [path, setPath] = useState('');
  const [series, setSeries] = useState(FIRST_SERIES);
  const [revise, setRevise] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const box = useId();
  const count = (value: number): string => decimalText(String(value));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setSaid(null);
    void run(async () => {
      const taken = await stored.import({ ...series, path: path.trim(), ...(revise ? { revise } : {}) });
      const { added, known, revised, gaps } = taken;
      setSaid(
        t('stored.imported', {
          added: count(added),
          known: count(known),
          revised: count(revised),
          holes: count(gaps.length),
        }),
      );
      setPath('');
    });
  };
  return (
    <>
      <Setting id="importCandles" label={t('stored.import')} note={t('stored.importNote')}>
        {() => null}
      </Setting>
      <form aria-label={t('stored.import')} onSubmit={submit} className="flex flex-col gap-3 px-3 pb-3">
        <FileField label={t('stored.file')} value={path} onChange={setPath} accept=".csv,.gz" />
        <SeriesChoice value={series} onChange={setSeries} />
        <label htmlFor={box} className="flex min-h-6 items-center gap-2 text-12">
          <input
            id={box}
            type="checkbox"
            checked={revise}
            onChange={(event) => setRevise(event.target.checked)}
            className="size-4 accent-accent"
          />
          {t('stored.revise')}
        </label>
        {error !== null && <ErrorState error={error} />}
        <p role="status" className="text-12 text-muted empty:hidden">
          {said}
        </p>
        <Button type="submit" className="self-start" disabled={busy || path.trim() === ''}>
          {t(busy ? 'stored.importing' : 'stored.importDo')}
        </Button>
      </form>
    </>
  );
}
