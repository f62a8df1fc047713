import { type ViewError, viewError } from './loaded.ts';

/** What a store knows of the one action that it may run at a time. */
export type Acting = { readonly busy: boolean; readonly error: ViewError | null };

/** A store at rest. */
export const AT_REST: Acting = { busy: false, error: null };

/** Runs one action at a time, keeps what it ran into, and answers whether it was done; a second one meanwhile is left out. */
export const actor =
  (
    store: { getState(): Acting; setState(part: Partial<Acting>): void },
    after: () => unknown = () => undefined,
  ): ((work: () => Promise<unknown>) => Promise<boolean>) =>
  async (work) => {
    if (store.getState().busy) return false;
    store.setState({ busy: true, error: null });
    try {
      await work();
      return true;
    } catch (thrown) {
      store.setState({ error: viewError(thrown) });
      return false;
    } finally {
      store.setState({ busy: false });
      await after();
    }
  };
