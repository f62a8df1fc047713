import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { TradingState } from '#core/risk/types.ts';
import { openModeBook } from '#host/automation/mode-book.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-modes');
beforeEach(() => {
  folder = tempFolder('mt-modes');
});
afterEach(() => folder.remove());

function rig() {
  const storage = openTestStorage(folder.path);
  let state: TradingState = 'active';
  let proof = true;
  const asked: string[] = [];
  const book = openModeBook({
    journal: storage.journal,
    tradingState: () => state,
    stepUp: {
      demand(what) {
        asked.push(what);
        if (!proof) throw new Fault('refused', 'prove who you are', 'a second proof');
      },
    },
  });
  const records = () =>
    storage.journal
      .readCycle(0)
      .filter(({ type }) => type === 'mode.changed')
      .map(({ payload }) => payload);
  return {
    storage,
    book,
    asked,
    records,
    halt: () => {
      state = 'halted';
    },
    withoutProof: () => {
      proof = false;
    },
  };
}

const lower = (mode: 'semi' | 'manual') => ({ mode, reason: undefined, by: 'window' as const });
const raise = (mode: 'semi' | 'full') => ({ mode, reason: 'a calm week', by: 'terminal' as const });

describe('the mode of the engine', () => {
  it('begins in full without a record, is lowered at once, raised with proof and reason, and is found again after a restart', () => {
    const { storage, book, asked, records } = rig();
    expect(book.chosen()).toMatchObject({ mode: 'full', since: null });
    expect(records()).toEqual([]);
    expect(book.set(lower('manual'), unixMs(1))).toBe('lower');
    expect(asked).toEqual([]);
    expect(() => book.set({ ...raise('semi'), reason: undefined }, unixMs(2))).toThrow('lets agents do more');
    expect(book.set(raise('semi'), unixMs(3))).toBe('raise');
    expect(asked).toEqual(['raise autonomy']);
    expect(book.set(raise('semi'), unixMs(4))).toBe('same');
    storage.close();
    const again = rig();
    expect(again.book.chosen()).toEqual({ mode: 'semi', reason: 'a calm week', by: 'terminal', since: 3 });
    expect(again.records()).toEqual([
      { from: 'full', to: 'manual', reason: 'lowered through the window', by: 'window' },
      { from: 'manual', to: 'semi', reason: 'a calm week', by: 'terminal' },
    ]);
    again.storage.close();
  });

  it('stays as it was without the proof, and in emergency is only lowered', () => {
    const { storage, book, records, halt, withoutProof } = rig();
    book.set(lower('semi'), unixMs(1));
    withoutProof();
    expect(() => book.set(raise('full'), unixMs(2))).toThrow('prove who you are');
    expect(book.mode()).toBe('semi');
    halt();
    expect(book.mode()).toBe('emergency');
    expect(() => book.set(raise('full'), unixMs(3))).toThrow('only be lowered');
    book.set(lower('manual'), unixMs(4));
    expect([book.mode(), book.chosen().mode, records().length]).toEqual(['emergency', 'manual', 2]);
    storage.close();
  });

  it('asks from the first moment on that there is something to protect, once, and never against a choice', () => {
    const { storage, book, records } = rig();
    expect(book.firstProtected('a passphrase is set', unixMs(1))).toBe(true);
    expect(book.chosen()).toMatchObject({ mode: 'semi', by: 'engine', reason: 'a passphrase is set' });
    book.set(raise('full'), unixMs(2));
    expect(book.firstProtected('a passphrase is set', unixMs(3))).toBe(false);
    expect([book.mode(), records().length]).toEqual(['full', 2]);
    storage.close();
  });
});
