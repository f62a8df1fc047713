import Database from 'better-sqlite3';
import type { RecordType } from '#core/journal/types.ts';

const INSERT = /^insert into journal /;

/**
 * From the next record of this type on no journal of this process takes anything more: what a folder holds then is what a process leaves
 * behind that died there. Call what is answered once the engine is closed, before the next one starts.
 */
export function dieBefore(type: RecordType): () => void {
  const probe = new Database(':memory:');
  const shared = Object.getPrototypeOf(probe.prepare('select 1')) as { run: (...given: unknown[]) => unknown };
  probe.close();
  const { run } = shared;
  let dead = false;
  shared.run = function (this: { readonly source: string }, ...given: unknown[]) {
    if (INSERT.test(this.source)) {
      dead ||= given.includes(type);
      if (dead) throw new Error(`the process died before ${type}`);
    }
    return run.apply(this, given);
  };
  return () => {
    shared.run = run;
  };
}
