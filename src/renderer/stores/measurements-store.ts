import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppContract, AppInput } from '#shared/contract/app-contract.ts';
import type { CallRequest } from '#shared/contract/define.ts';
import type { MeasurementSummary, MeasurementView, ReportFile } from '#shared/contract/measurements.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type FamiliesAsked = CallRequest<AppContract, 'lab.measureFamilies'>;
export type ArbitrageAsked = CallRequest<AppContract, 'lab.arbitrage'>;
export type ScorecardAsked = CallRequest<AppContract, 'scorecard.measure'>;
type Kind = MeasurementSummary['kind'];

/** Why the newest try of each kind came to nothing. */
export type MeasurementsState = { readonly errors: Readonly<Partial<Record<Kind, ViewError>>> };

/** Measurements of families, of arbitrage and of the analysts: the engine runs and keeps them, whichever screen is open. */
export type MeasurementsStore = StoreApi<MeasurementsState> & {
  readonly list: LoadedStore<readonly MeasurementSummary[]>;
  readonly shown: LoadedStore<MeasurementView | null>;
  /** Which one is shown; null shows none. */
  look(id: string | null): void;
  /** Starts one and answers its id as soon as the engine has begun, or null when it was refused before. */
  families(asked: FamiliesAsked): Promise<string | null>;
  arbitrage(asked: ArbitrageAsked): Promise<string | null>;
  scorecard(asked: ScorecardAsked): Promise<string | null>;
  stop(id: string): Promise<void>;
  report(asked: AppInput<'lab.report'>): Promise<ReportFile>;
  dispose(): void;
};

export function createMeasurementsStore(client: AppClient): MeasurementsStore {
  const store = createStore<MeasurementsState>(() => ({ errors: {} }));
  const list = loadedStore<readonly MeasurementSummary[]>(() => client.invoke('lab.measurements', {}));
  let looked: string | null = null;
  const shown = loadedStore<MeasurementView | null>(async () =>
    looked === null ? null : client.invoke('lab.measurement', { id: looked }),
  );
  /** Told by the engine's news that one of its kind has begun. */
  const waiting = new Map<Kind, (id: string) => void>();

  const offMeasured = client.on('lab.measured', (summary) => {
    const known = list.getState().data ?? [];
    const there = known.some(({ id }) => id === summary.id);
    list.put(there ? known.map((one) => (one.id === summary.id ? summary : one)) : [summary, ...known]);
    if (summary.state === 'running') waiting.get(summary.kind)?.(summary.id);
    if (summary.id !== looked) return;
    const { data } = shown.getState();
    if (summary.state === 'running' && data !== null) shown.put({ ...data, summary });
    else void shown.refresh();
  });

  const newest = (kind: Kind): MeasurementSummary | undefined => list.getState().data?.find((one) => one.kind === kind);
  /** The id once it has ended, or null with the cause kept; one that was stopped has no cause to show. */
  const finish = async (
    kind: Kind,
    before: string | undefined,
    work: () => Promise<unknown>,
  ): Promise<string | null> => {
    try {
      await work();
      await list.refresh();
      return newest(kind)?.id ?? null;
    } catch (thrown) {
      await list.refresh();
      const now = newest(kind);
      // One that was stopped before says nothing about this try.
      if (now?.state !== 'canceled' || now.id === before)
        store.setState({ errors: { ...store.getState().errors, [kind]: viewError(thrown) } });
      return null;
    } finally {
      waiting.delete(kind);
    }
  };
  const start = (kind: Kind, work: () => Promise<unknown>): Promise<string | null> => {
    const { [kind]: _, ...errors } = store.getState().errors;
    store.setState({ errors });
    const told = new Promise<string | null>((begun) => {
      waiting.set(kind, (id) => {
        waiting.delete(kind);
        begun(id);
      });
    });
    // An engine whose news got lost has it in its list all the same.
    return Promise.race([told, finish(kind, newest(kind)?.id, work)]);
  };

  return {
    ...store,
    list,
    shown,
    look(id) {
      if (id === looked) return;
      looked = id;
      shown.clear();
      if (id !== null) void shown.refresh();
    },
    families: (asked) => start('families', () => client.invoke('lab.measureFamilies', asked)),
    arbitrage: (asked) => start('arbitrage', () => client.invoke('lab.arbitrage', asked)),
    scorecard: (asked) => start('scorecard', () => client.invoke('scorecard.measure', asked)),
    async stop(id) {
      await client.invoke('lab.stopMeasurement', { id });
      await list.refresh();
    },
    report: (asked) => client.invoke('lab.report', asked),
    dispose: offMeasured,
  };
}
