import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/stores-context.tsx';

/** Where the alerts lead that asked for approvals which are decided or have lapsed by now. */
export function useDecidedApprovals(): ReadonlySet<string> {
  const { automation } = useStores();
  const decided = useStore(automation.approvals, ({ data }) => data?.decided);
  return useMemo(() => new Set(decided?.map(({ id }) => `/approvals/${id}`)), [decided]);
}
