import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppInput } from '#shared/contract/app-contract.ts';
import type { ScheduleView } from '#shared/contract/schedule.ts';
import { type Acting, AT_REST, actor } from './acting.ts';
import type { EngineStore } from './engine-store.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type ScheduleStore = LoadedStore<ScheduleView> & {
  readonly change: StoreApi<Acting>;
  /** Answers whether it was kept. The engine asks for a proof where it lets more be done by itself. */
  set(wanted: Omit<AppInput<'schedule.set'>, 'by'>): Promise<boolean>;
  dispose(): void;
};

/** When the engine presses by itself. What holds it back follows from mode and gate, so it is asked for again when they change. */
export function createScheduleStore(client: AppClient, engine: EngineStore): ScheduleStore {
  const store = loadedStore<ScheduleView>(() => client.invoke('schedule.get', {}));
  const change = createStore<Acting>(() => AT_REST);
  const act = actor(change);
  const offSchedule = client.on('schedule.changed', (view) => store.put(view));
  const offEngine = engine.subscribe(({ status: now }, { status: before }) => {
    if (now?.mode !== before?.mode || now?.tradingState !== before?.tradingState) void store.refresh();
  });
  return {
    ...store,
    change,
    set: (wanted) => act(async () => store.put(await client.invoke('schedule.set', { ...wanted, by: 'window' }))),
    dispose() {
      offSchedule();
      offEngine();
    },
  };
}
