import type { ApprovalPayloads } from '../automation/approval-types.ts';
import type { Schedule, SkipCause } from '../automation/schedule-types.ts';
import type { ChosenMode, Face } from '../automation/types.ts';

/**
 * What the records say of modes, approvals and the schedule. They belong to no run; an approval holds wall time, which is the time that a person
 * has, and `due` is the time of the market that is pressed.
 */
export type AutomationPayloads = ApprovalPayloads & {
  'mode.changed': {
    readonly from: ChosenMode;
    readonly to: ChosenMode;
    readonly reason: string;
    readonly by: Face;
  };
  /** The whole setting after the change. Off keeps it, so that it can be switched on again. `from`: moments after it count. */
  'schedule.set': { readonly on: boolean; readonly schedule: Schedule; readonly from: number; readonly by: Face };
  /** A moment became a press. The cycle says the rest, with the trigger `schedule`. */
  'schedule.pressed': { readonly due: number; readonly cycle: number };
  /** A moment became none; the first of those that have the same reason. */
  'schedule.skipped': { readonly due: number; readonly cause: SkipCause; readonly why: string };
};
