import { createStore, type StoreApi } from 'zustand/vanilla';
import type { IntervalName } from './market-store.ts';

/** What the one button will look at. Null interval: the engine's choice. */
export type LaunchState = {
  readonly instrument: string;
  readonly interval: IntervalName | null;
  /** The form in which the master chooses the agent himself, after an earlier one or anew; null while it is closed. */
  readonly choosing: { readonly parent: string | null } | null;
};
export type LaunchStore = StoreApi<LaunchState>;

export const createLaunchStore = (): LaunchStore =>
  createStore<LaunchState>(() => ({ instrument: 'BTC/USDT', interval: null, choosing: null }));
