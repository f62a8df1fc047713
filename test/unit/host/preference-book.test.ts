import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunId, unixMs } from '#core/domain/ids.ts';
import { openPreferenceBook } from '#host/preference-book.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '#shared/contract/preferences.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-preferences');
beforeEach(() => {
  folder = tempFolder('mt-preferences');
});
afterEach(() => folder.remove());

const listener = () => {
  const told: Preferences[] = [];
  const warned: unknown[] = [];
  const asked: string[] = [];
  return {
    told,
    warned,
    asked,
    options: {
      logger: { warn: (_: string, detail?: unknown) => void warned.push(detail) },
      onChange: (now: Preferences) => void told.push(now),
      mayLoosen: (what: string) => void asked.push(what),
    },
  };
};

describe('what the master prefers', () => {
  it('is recorded, told once, and found again after a restart', () => {
    const storage = openTestStorage(folder.path);
    const { told, options } = listener();
    const book = openPreferenceBook({ journal: storage.journal, ...options });
    expect(book.get()).toEqual(DEFAULT_PREFERENCES);
    expect(book.change({ density: 'dense', quietHours: { from: '22:00', to: '07:00' } }, unixMs(1))).toEqual([
      'density',
      'quietHours',
    ]);
    expect(book.change({ density: 'dense', quietHours: { from: '22:00', to: '07:00' } }, unixMs(2))).toEqual([]);
    expect(told).toHaveLength(1);
    expect(storage.journal.readCycle(0)).toHaveLength(1);
    storage.close();
    const again = openTestStorage(folder.path);
    expect(openPreferenceBook({ journal: again.journal, ...options }).get()).toEqual({
      ...DEFAULT_PREFERENCES,
      density: 'dense',
      quietHours: { from: '22:00', to: '07:00' },
    });
    again.close();
  });

  it('stays as it was when the change cannot be recorded', () => {
    const storage = openTestStorage(folder.path);
    const { told, options } = listener();
    const book = openPreferenceBook({ journal: storage.journal, ...options });
    storage.close();
    expect(() => book.change({ theme: 'light' }, unixMs(1))).toThrow();
    expect(book.get()).toEqual(DEFAULT_PREFERENCES);
    expect(told).toEqual([]);
  });

  it('asks before the lock is loosened, and only then', () => {
    const storage = openTestStorage(folder.path);
    const { asked, options } = listener();
    const book = openPreferenceBook({ journal: storage.journal, ...options });
    book.change({ idleMinutes: 5 }, unixMs(1));
    book.change({ theme: 'dark', quietHours: null }, unixMs(2));
    expect(asked).toEqual([]);
    book.change({ idleMinutes: 6 }, unixMs(3));
    book.change({ idleMinutes: null }, unixMs(4));
    book.change({ hideAmountsWhenLocked: false }, unixMs(5));
    expect(asked).toEqual([
      'leave the faces open for longer',
      'leave the faces open for longer',
      'show amounts while locked',
    ]);
    book.change({ idleMinutes: 240, hideAmountsWhenLocked: true }, unixMs(6));
    expect(asked).toHaveLength(3);
    book.change({ askEntries: 'every' }, unixMs(6));
    expect(asked).toHaveLength(3);
    book.change({ askEntries: 'large' }, unixMs(6));
    expect(asked.at(-1)).toBe('let agents enter with fewer approvals');
    const strict = openPreferenceBook({
      journal: storage.journal,
      ...options,
      mayLoosen: () => {
        throw new Error('prove who you are');
      },
    });
    expect(() => strict.change({ idleMinutes: null }, unixMs(7))).toThrow('prove who you are');
    expect(strict.get().idleMinutes).toBe(240);
    storage.close();
  });

  it('of another version holds as far as it can be read, and the log names the rest', () => {
    const storage = openTestStorage(folder.path);
    storage.journal.append(0, [
      {
        runId: 'R-system' as RunId,
        ts: unixMs(1),
        type: 'preferences.changed',
        payload: { preferences: { theme: 'light', density: 'tiny', someday: true }, changed: ['theme'] },
      },
    ]);
    const { warned, options } = listener();
    const book = openPreferenceBook({ journal: storage.journal, ...options });
    expect(book.get()).toEqual({ ...DEFAULT_PREFERENCES, theme: 'light' });
    expect(warned).toEqual([{ name: 'density' }]);
    storage.close();
  });
});
