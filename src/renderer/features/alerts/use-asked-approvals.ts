import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { AlertView } from '#shared/contract/alerts.ts';
import { useStores } from '../../stores/stores-context.tsx';

type Asked = {
  /** Alerts that asked for approvals which nobody has decided yet, the newest first, one for each approval. */
  readonly waiting: readonly AlertView[];
  /** The master has seen them all. The next alert, which may be the reminder of the same approval, is told again. */
  readonly dismiss: () => void;
};

/** Which approvals the master was asked for since the window opened, until each is decided, has lapsed, or was dismissed. */
export function useAskedApprovals(): Asked {
  const { alerts, automation } = useStores();
  const [asked, setAsked] = useState<readonly AlertView[]>([]);
  useEffect(
    () =>
      alerts.onTell((alert) => {
        if (alert.kind === 'approval_needed')
          setAsked((known) => [alert, ...known.filter(({ link }) => link !== alert.link)]);
      }),
    [alerts],
  );
  const decided = useStore(automation.approvals, ({ data }) => data?.decided);
  const waiting = useMemo(() => {
    const over = new Set(decided?.map(({ id }) => `/approvals/${id}`));
    return asked.filter(({ link }) => !over.has(link));
  }, [asked, decided]);
  return { waiting, dismiss: useCallback(() => setAsked([]), []) };
}
