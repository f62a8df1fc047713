import { sha256 } from '#adapters/digest/sha256.ts';
import { isKept, type KeptText } from '#core/analyst/receipt.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import type { Hash, UnixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from './trading-state.ts';

/** Texts that receipts cite by hash. They live in the journal, outside of the cycles: each once, however often it is asked. */
export type KeptTexts = {
  /** Writes those that are not there yet. Throws Fault `storage` when the journal cannot be written. */
  keep(texts: readonly KeptText[], ts: UnixMs): void;
  /** Throws Fault `bad_data` for a text that is missing or is not what its hash says. */
  textOf(hash: Hash): string;
};

export function openKeptTexts(journal: JournalStore): KeptTexts {
  // Read when the first model is asked: most starts ask none.
  let known: Map<Hash, string> | undefined;
  const all = (): Map<Hash, string> => {
    known ??= new Map(
      journal
        .readCycle(SYSTEM_CYCLE)
        .filter((record) => record.type === 'text.kept')
        .map((record) => payloadOf(record, 'text.kept'))
        .map(({ hash, text }) => [hash, text]),
    );
    return known;
  };
  return {
    keep(texts, ts) {
      const fresh = texts.filter(({ hash }, index) => {
        const first = texts.findIndex((other) => other.hash === hash) === index;
        return first && !all().has(hash);
      });
      if (fresh.length === 0) return;
      journal.append(
        SYSTEM_CYCLE,
        fresh.map((text) => draft(SYSTEM_RUN, ts, 'text.kept', text)),
      );
      for (const { hash, text } of fresh) all().set(hash, text);
    },
    textOf(hash) {
      const text = all().get(hash);
      if (text !== undefined && isKept(sha256, { hash, text })) return text;
      throw new Fault(
        'bad_data',
        `the text ${hash.slice(0, 12)} of this receipt ${text === undefined ? 'is missing from' : 'is another one in'} the journal`,
        'check the journal: mt audit verify',
      );
    },
  };
}
