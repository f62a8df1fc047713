import { useEffect } from 'react';
import { useStores } from '../../stores/stores-context.tsx';
import { BackupsPart } from './backups-part.tsx';
import { FetchCandles } from './fetch-candles.tsx';
import { ImportCandles } from './import-candles.tsx';
import { SeriesPart } from './series-part.tsx';

/** What lies on the disk of this machine: backups first, then candles and the ways by which they come in. */
export function StoredSection() {
  const { stored, exchanges } = useStores();
  useEffect(() => void Promise.all([stored.refresh(), exchanges.venues.refresh()]), [stored, exchanges]);
  return (
    <>
      <BackupsPart />
      <SeriesPart />
      <ImportCandles />
      <FetchCandles />
    </>
  );
}
