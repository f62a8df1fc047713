import { commandOf } from '#shared/commands/complete.ts';
import { commands } from '#shared/commands/registry.ts';

export type View = {
  readonly name: string;
  /** The command whose lines it shows; views without one are drawn by themselves. */
  readonly line?: string;
};

const ALL: readonly View[] = [
  { name: 'dash' },
  { name: 'market' },
  { name: 'agents' },
  { name: 'approvals' },
  { name: 'orders', line: 'portfolio show' },
  { name: 'lab', line: 'lab list' },
  { name: 'perf', line: 'perf' },
  { name: 'memory', line: 'memory ls' },
  { name: 'news', line: 'news show' },
  { name: 'models', line: 'models ls' },
  { name: 'audit', line: 'audit status' },
  { name: 'logs', line: 'logs' },
  { name: 'health', line: 'health' },
  { name: 'run' },
];

const exists = ({ line }: View): boolean => line === undefined || commandOf(line, commands) !== undefined;

/** The views whose commands exist, in the order of their numbers (from 1). */
export const VIEWS: readonly View[] = ALL.filter(exists);

/** A view by its name or its number; undefined when there is none. */
export const viewNamed = (text: string): View | undefined =>
  /^\d{1,2}$/.test(text) ? VIEWS[Number(text) - 1] : VIEWS.find(({ name }) => name === text);
