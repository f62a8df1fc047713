import { useSyncExternalStore } from 'react';

const listen = (changed: () => void): (() => void) => {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
};

/** Whether the machine has a network, as far as the system tells the page. The engine on this machine needs none. */
export const useOnline = (): boolean => useSyncExternalStore(listen, () => navigator.onLine);
