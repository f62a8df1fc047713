import type { StageView } from '#shared/contract/cycle.ts';

export type StageName = StageView['name'];

/** Told when a stage begins and ends. For the screens only: nothing of it is recorded. */
export type Progress = (stage: StageName, state: 'running' | 'done' | 'skipped') => void;
