import { ACCESS_RECORDS, type AccessRecord } from '#core/cycle/access-records.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { JournalRecord, RecordType } from '#core/journal/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { AccessEntry } from '#shared/contract/access.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';
import type { AccessNote } from './access-desk.ts';

const HOW_CAP = 400;

/** Writes a note into the journal, at the market's time as every record, with the hour of the day inside. Throws Fault `storage`. */
export function noteAccess(journal: JournalStore, ts: UnixMs, { type, at, face, how }: AccessNote): void {
  journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, type, { at, face, how: how.slice(0, HOW_CAP) })]);
}

const isAccess = (type: RecordType): type is AccessRecord => ACCESS_RECORDS.some((known) => known === type);

/** Newest first. */
export function accessLog(journal: JournalStore, limit: number): AccessEntry[] {
  const found: readonly JournalRecord[] = journal.readCycle(SYSTEM_CYCLE).filter(({ type }) => isAccess(type));
  return found.slice(-limit).toReversed().map(entryOf);
}

function entryOf(record: JournalRecord): AccessEntry {
  if (!isAccess(record.type)) throw new TypeError(`${record.type} is no record of access`);
  const { at, face, how } = payloadOf(record, record.type);
  return { seq: record.seq, at, what: record.type.slice('access.'.length) as AccessEntry['what'], face, how };
}
