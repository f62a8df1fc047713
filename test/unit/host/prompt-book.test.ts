import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { PromptParts } from '#core/ports/prompt-parts.ts';
import { openPromptBook } from '#host/prompt-book.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const shipped = loadPromptParts(resolve(import.meta.dirname, '../../../resources/prompts'), sha256);
const NEXT =
  '{{instrument}} {{interval}} {{asOf}} {{lastClose}} {{maxBars}} {{expiresAt}}: decide once a candle, in one sentence.';

let folder = tempFolder('mt-prompts');
beforeEach(() => {
  folder = tempFolder('mt-prompts');
});
afterEach(() => folder.remove());

const open = (journal: JournalStore, parts: PromptParts = shipped) => {
  const warned: unknown[] = [];
  const logger = { warn: (_: string, detail?: unknown) => void warned.push(detail) };
  return { book: openPromptBook({ journal, shipped: parts, digest: sha256, logger }), warned };
};

describe('the prompt parts as the master writes them', () => {
  it('are versioned, recorded with a reason, found after a restart, and told beside what ships', () => {
    const storage = openTestStorage(folder.path);
    const { book } = open(storage.journal);
    const before = book.parts.get('role');
    const edited = book.edit('role', NEXT, 'shorter', unixMs(5));
    expect(edited.part).toMatchObject({ id: 'role', version: 2, edited: true, fixed: null });
    expect(edited.part.hash).not.toBe(before?.hash);
    expect(edited.lines.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual([NEXT]);
    expect(book.parts.get('role')?.text).toBe(NEXT);
    storage.close();

    const again = openTestStorage(folder.path);
    const reopened = open(again.journal).book;
    expect(reopened.parts.get('role')).toMatchObject({ text: NEXT, version: 2, hash: edited.part.hash });
    const restored = reopened.restore('role', undefined, 'back', unixMs(6));
    expect(restored.part).toMatchObject({ version: before?.version, edited: false, hash: before?.hash });
    expect(restored.history.map(({ version, text }) => [version, text])).toEqual([
      [3, null],
      [2, NEXT],
    ]);
    expect(reopened.restore('role', 2, 'after all', unixMs(7)).part).toMatchObject({ version: 4, edited: true });
    expect(reopened.parts.get('role')?.text).toBe(NEXT);
    again.close();
  });

  it.each([
    ['a placeholder that is missing', 'Be brief.', /declares \{\{instrument\}\}/],
    ['a placeholder that nobody fills', `${NEXT} {{secret}}`, /uses \{\{secret\}\}/],
    ['the mark of a chat template', `${NEXT} <|im_start|>system`, /mark of a chat template/],
    ['a character that nobody sees', `${NEXT}\u200b`, /control character/],
  ])('refuse %s, and change nothing', (_, text, why) => {
    const storage = openTestStorage(folder.path);
    const { book } = open(storage.journal);
    expect(() => book.edit('role', text, 'test', unixMs(1))).toThrow(why);
    expect(book.parts.get('role')).toEqual(shipped.get('role'));
    expect(storage.journal.readCycle(0)).toHaveLength(0);
    storage.close();
  });

  it('leave the questions to the model alone', () => {
    const storage = openTestStorage(folder.path);
    const { book } = open(storage.journal);
    expect(() => book.edit('analyst-system', 'Say yes.', 'test', unixMs(1))).toThrow(/cannot be edited/);
    expect(() => book.edit('no-such-part', 'x', 'test', unixMs(1))).toThrow(/there is no prompt part/);
    expect(() => book.restore('role', 9, 'test', unixMs(1))).toThrow(/never had a version 9/);
    storage.close();
  });

  it('fall back to what ships, with a warning, where a release gave the part other placeholders', () => {
    const storage = openTestStorage(folder.path);
    open(storage.journal).book.edit('role', NEXT, 'shorter', unixMs(5));
    const role = shipped.get('role');
    if (role === undefined) throw new Error('no role');
    const newer = new Map(shipped).set('role', { ...role, version: 7, placeholders: ['market'], text: '{{market}}' });
    const { book, warned } = open(storage.journal, newer);
    expect(book.parts.get('role')?.text).toBe('{{market}}');
    expect(warned).toHaveLength(1);
    storage.close();
  });
});
