import type { ApprovalPayloads } from '../automation/approval-types.ts';
import type { ChosenMode, Face } from '../automation/types.ts';

/** What the records say of modes and approvals. They belong to no run; an approval holds wall time, which is the time that a person has. */
export type AutomationPayloads = ApprovalPayloads & {
  'mode.changed': {
    readonly from: ChosenMode;
    readonly to: ChosenMode;
    readonly reason: string;
    readonly by: Face;
  };
};
