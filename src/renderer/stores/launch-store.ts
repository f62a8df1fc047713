import { createStore, type StoreApi } from 'zustand/vanilla';
import type { IntervalName } from './market-store.ts';

/** What the one button will look at. Null interval: the engine's choice. */
export type LaunchState = { readonly instrument: string; readonly interval: IntervalName | null };
export type LaunchStore = StoreApi<LaunchState>;

export const createLaunchStore = (): LaunchStore =>
  createStore<LaunchState>(() => ({ instrument: 'BTC/USDT', interval: null }));
