import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const STEP_MS = 30_000;

const nowStore = createStore<{ readonly now: number }>(() => ({ now: Date.now() }));
setInterval(() => nowStore.setState({ now: Date.now() }), STEP_MS);

/** The moment, to half a minute, in milliseconds since 1970: one clock for everything that shows ages of minutes or days. */
export const useNow = (): number => useStore(nowStore, (state) => state.now);
