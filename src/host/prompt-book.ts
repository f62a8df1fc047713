import { parsePromptPart } from '#adapters/prompts/load-prompt-parts.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Digest } from '#core/kernel/ids.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { PromptPart, PromptParts } from '#core/ports/prompt-parts.ts';
import type { PromptPartDetail, PromptPartView } from '#shared/contract/prompts.ts';
import { lineDiff } from '#shared/format/line-diff.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from './trading-state.ts';

/**
 * The pieces of agents' instructions: as they ship, or as the master wrote them anew. A change lives in the journal with its reason and
 * every earlier text. What an agent may do is bounded by its envelope and the gate, whatever its instructions say.
 */
export type PromptBook = {
  /** What holds now. The same map for as long as the engine runs; whoever reads it later reads the newer text. */
  readonly parts: PromptParts;
  /** As they ship. */
  readonly shipped: PromptParts;
  list(): readonly PromptPartView[];
  /** Throws Fault `not_found`. */
  show(id: string): PromptPartDetail;
  /** Throws Fault `bad_data` for a text that cannot stand, `refused` for a part that is fixed, `storage` when it cannot be recorded. */
  edit(id: string, text: string, reason: string, ts: UnixMs): PromptPartDetail;
  /** Throws as `edit`, and Fault `not_found` for a version that there never was. */
  restore(id: string, version: number | undefined, reason: string, ts: UnixMs): PromptPartDetail;
};

export type PromptBookOptions = {
  readonly journal: JournalStore;
  readonly shipped: PromptParts;
  readonly digest: Digest;
  readonly logger: Pick<Logger, 'warn'>;
};

type Edit = { readonly version: number; readonly text: string | null; readonly reason: string; readonly ts: UnixMs };

/** Scores, receipts and the defence against attacks in the news rest on these questions to the model; another question would be another model. */
const FIXED: ReadonlySet<string> = new Set(['analyst-system', 'news-reader']);
const WHY_FIXED = 'scores and receipts of the model rest on this question; it changes with a release only';
/** What a chat model could take for the end of a message, and characters that a reader cannot see. */
const UNSEEN = /<\||\|>|\[\/?INST\]|(?![\n\t])[\p{Cc}\p{Cf}]/u;

export function openPromptBook({ journal, shipped, digest, logger }: PromptBookOptions): PromptBook {
  const edits = new Map<string, Edit[]>();
  const parts = new Map(shipped);

  const original = (id: string): PromptPart => {
    const part = shipped.get(id);
    if (part !== undefined) return part;
    throw new Fault('not_found', `there is no prompt part ${id}`, 'list them: mt prompts ls');
  };
  /** The part with another text, checked as a file of the program would be. */
  const written = (id: string, version: number, text: string): PromptPart => {
    const { purpose, placeholders } = original(id);
    if (UNSEEN.test(text))
      throw new Fault(
        'bad_data',
        `the text of ${id} holds a control character or a mark of a chat template`,
        'write plain text without <| and hidden characters',
      );
    const head = `---\nid: ${id}\nversion: ${version}\npurpose: ${purpose}\nplaceholders:${placeholders.length === 0 ? '' : ` ${placeholders.join(', ')}`}\n---\n`;
    return parsePromptPart(`${id}.md`, `${head}${text}`, digest);
  };
  const historyOf = (id: string): readonly Edit[] => edits.get(id) ?? [];
  const apply = (id: string, edit: Edit): void => {
    parts.set(id, edit.text === null ? original(id) : written(id, edit.version, edit.text));
  };

  for (const record of journal.readCycle(SYSTEM_CYCLE)) {
    if (record.type !== 'prompt.edited') continue;
    const { id, ...edit } = payloadOf(record, 'prompt.edited');
    edits.set(id, [...historyOf(id), { ...edit, ts: record.ts }]);
  }
  for (const [id, all] of edits) {
    const last = all.at(-1);
    if (last === undefined) continue;
    try {
      apply(id, last);
    } catch (error) {
      // A release may have given the part other placeholders, or dropped it: then what ships holds, and the log tells.
      logger.warn('an edited prompt part no longer fits; the one that ships holds', { id, why: String(error) });
    }
  }

  const viewOf = (part: PromptPart): PromptPartView => ({
    id: part.id,
    purpose: part.purpose,
    version: part.version,
    hash: part.hash,
    edited: part.hash !== original(part.id).hash,
    fixed: FIXED.has(part.id) ? WHY_FIXED : null,
    placeholders: [...part.placeholders],
  });
  const show = (id: string): PromptPartDetail => {
    const ships = original(id);
    const part = parts.get(id) ?? ships;
    return {
      part: viewOf(part),
      text: part.text,
      shipped: ships.text,
      lines: lineDiff(`${ships.text}\n`, `${part.text}\n`).map(({ kind, text }) => ({ kind, text })),
      history: historyOf(id).toReversed(),
    };
  };
  const change = (id: string, text: string | null, reason: string, ts: UnixMs): PromptPartDetail => {
    const ships = original(id);
    if (FIXED.has(id)) throw new Fault('refused', `${id} cannot be edited`, WHY_FIXED);
    const version = Math.max(ships.version, ...historyOf(id).map((one) => one.version)) + 1;
    const edit = { version, text, reason, ts };
    // Checked before it is recorded: what lies in the journal must be readable again.
    if (text !== null) written(id, version, text);
    journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'prompt.edited', { id, version, text, reason })]);
    edits.set(id, [...historyOf(id), edit]);
    apply(id, edit);
    return show(id);
  };

  return {
    parts,
    shipped,
    list: () => [...parts.values()].map(viewOf),
    show,
    edit: (id, text, reason, ts) => change(id, text.replace(/\r\n?/g, '\n').trim(), reason, ts),
    restore(id, version, reason, ts) {
      if (version === undefined || version === original(id).version) return change(id, null, reason, ts);
      const earlier = historyOf(id).find((edit) => edit.version === version);
      if (earlier === undefined)
        throw new Fault('not_found', `${id} never had a version ${version}`, `list them: mt prompts show ${id}`);
      return change(id, earlier.text, reason, ts);
    },
  };
}
