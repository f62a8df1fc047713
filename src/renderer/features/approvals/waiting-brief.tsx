import { useStore } from 'zustand';
import type { CycleView } from '#shared/contract/cycle.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { ApprovalCard } from './approval-card.tsx';

/** The brief of this run, while it waits for the master. */
export function WaitingBrief({ cycle }: { readonly cycle: CycleView }) {
  const { automation } = useStores();
  const asked = useStore(automation.approvals, ({ data }) => data?.pending.find((one) => one.cycle === cycle.cycle));
  if (asked === undefined) return null;
  return (
    <div className="border-b border-hair p-3">
      <ApprovalCard approval={asked} />
    </div>
  );
}
