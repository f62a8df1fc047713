import type { AppClient, AppEvent, AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import type { BackupView } from '#shared/contract/backup.ts';
import type { DataCheckView, StoredSeriesView } from '#shared/contract/data.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

/** A candle deserves a second look from so many average true ranges on; the terminal's usual value too. */
const JUMP_RANGES = 10;

/** How far the candles of one series have come. */
export type FetchProgress = AppEvent<'data.progress'>;

/** What lies on the disk of this machine: imported candles and backups. Each act throws what the engine refused. */
export type StoredStore = {
  readonly series: LoadedStore<readonly StoredSeriesView[]>;
  /** Newest first. */
  readonly backups: LoadedStore<readonly BackupView[]>;
  refresh(): Promise<void>;
  backUp(): Promise<BackupView>;
  /** The newest one when no name is given. */
  verify(name?: string): Promise<AppOutput<'backup.verify'>>;
  check(series: StoredSeriesView): Promise<DataCheckView>;
  import(given: AppInput<'market.import'>): Promise<AppOutput<'market.import'>>;
  export(given: AppInput<'data.export'>): Promise<AppOutput<'data.export'>>;
  /** Years of candles take long: `onProgress` hears how far it has come. */
  fetch(given: AppInput<'data.fetch'>, onProgress: (step: FetchProgress) => void): Promise<AppOutput<'data.fetch'>>;
};

/** `series` is shared with whatever else plays imported candles. */
export function createStoredStore(client: AppClient, series: LoadedStore<readonly StoredSeriesView[]>): StoredStore {
  const backups = loadedStore<readonly BackupView[]>(() => client.invoke('backup.list', {}));
  return {
    series,
    backups,
    refresh: async () => void (await Promise.all([series.refresh(), backups.refresh()])),
    async backUp() {
      const made = await client.invoke('backup.make', {});
      await backups.refresh();
      return made;
    },
    verify: (name) => client.invoke('backup.verify', name === undefined ? {} : { name }),
    check: ({ instrument, interval }) => client.invoke('data.check', { instrument, interval, jumpRanges: JUMP_RANGES }),
    async import(given) {
      const taken = await client.invoke('market.import', given);
      await series.refresh();
      return taken;
    },
    export: (given) => client.invoke('data.export', given),
    async fetch(given, onProgress) {
      const off = client.on('data.progress', (step) => {
        if (step.venue === given.venue && step.instrument === given.instrument && step.interval === given.interval)
          onProgress(step);
      });
      try {
        return await client.invoke('data.fetch', given);
      } finally {
        off();
        await series.refresh();
      }
    },
  };
}
