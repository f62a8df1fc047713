import { payloadOf } from '#core/cycle/records.ts';
import type { AgentId } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { AgentSpec } from '#core/spawner/types.ts';

const PAGE = 1_000;

/** The agent of this id as the journal has it. Throws Fault `not_found`. */
export function findAgent(
  journal: Pick<JournalStore, 'readBack'>,
  id: string,
): { readonly agentId: AgentId; readonly spec: AgentSpec } {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const page = journal.readBack(before, PAGE);
    for (const record of page) {
      if (record.type !== 'agent.spawned') continue;
      const { agentId, spec } = payloadOf(record, 'agent.spawned');
      if (agentId.toLowerCase() === id.toLowerCase()) return { agentId, spec };
    }
    const last = page.at(-1);
    if (last === undefined) throw new Fault('not_found', `there is no agent ${id}`, 'list them with mt agents');
    before = last.seq;
  }
}
