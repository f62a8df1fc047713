import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killFlagPath } from '#host/kill-flag.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { killFromOutside } from '../../../src/main/kill-from-outside.ts';
import { DEFAULT_KILL_HOTKEY, type Shortcuts, takeKillHotkey } from '../../../src/main/kill-hotkey.ts';
import { wordsIn } from '../../../src/main/words.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-hotkey');
beforeEach(() => {
  folder = tempFolder('mt-hotkey');
});
afterEach(() => folder.remove());

function desktop(taken: readonly string[] = []) {
  const held = new Map<string, () => void>();
  const shortcuts: Shortcuts = {
    register(accelerator, callback) {
      if (accelerator.includes('?')) throw new TypeError('conversion failure');
      if (taken.includes(accelerator)) return false;
      held.set(accelerator, callback);
      return true;
    },
    unregister: (accelerator) => void held.delete(accelerator),
  };
  return { held, shortcuts };
}

describe('the hotkey of the kill switch', () => {
  it('is taken, fires, and is given back', () => {
    const { held, shortcuts } = desktop();
    let kills = 0;
    const hotkey = takeKillHotkey(shortcuts, undefined, () => {
      kills += 1;
    });
    held.get(DEFAULT_KILL_HOTKEY)?.();
    expect([kills, hotkey.problem]).toEqual([1, null]);
    hotkey.release();
    expect(held.size).toBe(0);
  });

  it('can be another one, or none', () => {
    const { held, shortcuts } = desktop();
    takeKillHotkey(shortcuts, ' F12 ', () => undefined);
    expect([...held.keys()]).toEqual(['F12']);
    expect(takeKillHotkey(shortcuts, 'OFF', () => undefined).problem).toBe('the kill hotkey is switched off');
    expect(held.size).toBe(1);
  });

  it.each([
    ['that another program has', 'F12', 'F12 belongs to another program; choose one with MT_KILL_HOTKEY'],
    ['that is none', 'what?', 'what? is no key combination'],
  ])('%s is left alone, with the reason and the remedy', (_, chosen, why) => {
    const { held, shortcuts } = desktop(['F12']);
    const hotkey = takeKillHotkey(shortcuts, chosen, () => undefined);
    expect(hotkey.problem).toContain(why);
    expect(wordsIn('sw').said(hotkey.problem ?? '')).toContain('MT_KILL_HOTKEY');
    expect(wordsIn('sw').said(hotkey.problem ?? '')).not.toContain('choose');
    hotkey.release();
    expect(held.size).toBe(0);
  });
});

describe('the kill switch of tray and hotkey', () => {
  const clientThat = (answer: () => Promise<unknown>) => ({ invoke: answer }) as unknown as AppClient;

  it('asks the engine, and leaves no file when that answers', async () => {
    await killFromOutside(
      clientThat(() => Promise.resolve({})),
      folder.path,
      'by the hotkey',
    );
    expect(existsSync(killFlagPath(folder.path))).toBe(false);
  });

  it('halts by the file when the engine cannot be asked', async () => {
    await killFromOutside(
      clientThat(() => Promise.reject(new Error('locked'))),
      folder.path,
      'by the hotkey',
    );
    expect(readFileSync(killFlagPath(folder.path), 'utf8')).toBe('by the hotkey\n');
  });
});
