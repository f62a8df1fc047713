import { preferenceStore } from './preferences.ts';

const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
const chosen = (): string => {
  const { timeZone } = preferenceStore.getState();
  return timeZone === 'system' ? machine : timeZone;
};

/** The zone that every moment on screen is shown in, with UTC on hover: the machine's, or the one the master chose. A change draws all screens afresh. */
// biome-ignore lint/style/useConst: followed below; whoever imports it reads the binding of the moment.
export let zone = chosen();
preferenceStore.subscribe(() => {
  zone = chosen();
});
