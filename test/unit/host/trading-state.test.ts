import { afterEach, describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { openTradingState } from '#host/trading-state.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const folder = tempFolder('mt-latch');
afterEach(() => folder.remove());

describe('the latch of the kill switch', () => {
  it('shuts even when the journal can no longer be written, says so, and tries the record again', () => {
    const storage = openTestStorage(folder.path);
    const errors: unknown[] = [];
    const latch = openTradingState(storage.journal, (error) => errors.push(error));
    expect(latch.state()).toBe('active');
    storage.close();
    expect(latch.halt('a test', unixMs(1))).toEqual({ fresh: true, recorded: false });
    expect(latch.state()).toBe('halted');
    expect(latch.reason()).toBe('a test');
    expect(latch.halt('again', unixMs(2))).toEqual({ fresh: false, recorded: false });
    expect(errors).toHaveLength(2);
    // Opening is the other way round: what cannot be recorded does not happen.
    expect(() => latch.resume('go on', unixMs(3))).toThrow();
    expect(latch.state()).toBe('halted');
  });
});
