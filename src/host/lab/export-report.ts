import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';

export function exportReport(
  _store: LabStore,
  _request: AppInput<'lab.export'>,
  _study: (id: string) => LabStudyView,
): AppOutput<'lab.export'> {
  throw new Fault('unsupported', 'not yet', 'later');
}
