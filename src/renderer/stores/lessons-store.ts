import type { AppClient, AppOutput } from '#shared/contract/app-contract.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

type Lesson = AppOutput<'memory.show'>;

/** Single lessons, wherever a screen names one: where it comes from, who knew it, and striking it out. */
export type LessonsStore = {
  /** One store for each lesson; loads when it is first asked for. */
  of(id: string): LoadedStore<Lesson>;
  /** Throws what the engine answered. */
  revoke(id: string, reason: string): Promise<void>;
};

export function createLessonsStore(client: AppClient): LessonsStore {
  const known = new Map<string, LoadedStore<Lesson>>();
  const of = (id: string): LoadedStore<Lesson> => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const made = loadedStore(() => client.invoke('memory.show', { id }));
    known.set(id, made);
    void made.refresh();
    return made;
  };
  return {
    of,
    async revoke(id, reason) {
      await client.invoke('memory.revoke', { id, reason });
      await of(id).refresh();
    },
  };
}
