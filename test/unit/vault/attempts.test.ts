import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Attempts, openAttempts } from '#host/vault/attempts.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { testBootClock } from '../../support/vault.ts';

let folder = tempFolder();
let clock = testBootClock();
beforeEach(() => {
  folder = tempFolder();
  clock = testBootClock();
});
afterEach(() => folder.remove());
const path = (): string => join(folder.path, 'attempts.json');
/** A new process each time: nothing is remembered but the file. */
const attempts = (): Attempts => openAttempts(path(), clock);
const fail = (times: number): void => {
  for (let i = 0; i < times; i++) attempts().take();
};

describe('wrong passphrases', () => {
  it('cost nothing four times, then a minute, doubling up to an hour', () => {
    const waits: number[] = [];
    for (let i = 0; i < 14; i++) {
      fail(1);
      waits.push(attempts().view().waitMs / 60_000);
      clock.advance(attempts().view().waitMs);
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  });

  it('are refused until the wait is over, to the millisecond', () => {
    fail(5);
    expect(attempts().view()).toEqual({ left: 0, waitMs: 60_000 });
    expect(() => attempts().take()).toThrow(
      expect.objectContaining({ code: 'locked', message: expect.stringContaining('60 s') }),
    );
    clock.advance(59_999);
    expect(() => attempts().take()).toThrow(expect.objectContaining({ code: 'locked' }));
    clock.advance(1);
    expect(() => attempts().take()).not.toThrow();
    expect(attempts().view().waitMs).toBe(120_000);
  });

  it('begin their wait anew when the machine was restarted, and never a shorter one', () => {
    fail(5);
    clock.advance(60_000);
    fail(1);
    clock.advance(110_000);
    expect(attempts().view().waitMs).toBe(10_000);
    clock.reboot();
    expect(attempts().view().waitMs).toBe(120_000);
    clock.advance(30_000);
    expect(attempts().view().waitMs).toBe(90_000);
  });

  it('are counted on the uptime: no setting of the clock shortens or lengthens the wait', () => {
    fail(5);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const wall of [0, 4_000_000_000_000]) {
      vi.setSystemTime(wall);
      expect(attempts().view().waitMs, String(wall)).toBe(60_000);
    }
    vi.useRealTimers();
    // A file that says "later than now" is another start's.
    const text = JSON.parse(readFileSync(path(), 'utf8')) as Record<string, unknown>;
    writeFileSync(path(), JSON.stringify({ ...text, sinceUptimeMs: 9e12 }));
    expect(attempts().view().waitMs).toBe(60_000);
  });

  it('are forgotten after the right one', () => {
    fail(5);
    attempts().clear();
    expect(attempts().view()).toEqual({ left: 5, waitMs: 0 });
  });

  it('are not forgiven by a garbled file', () => {
    for (const text of ['', '{}', '{"failures":-1}', 'x']) {
      writeFileSync(path(), text);
      expect(attempts().view().waitMs, text).toBe(60_000);
    }
  });

  it('are written down before they are judged', () => {
    attempts().take();
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ failures: 1 });
  });

  it('leave no file where nobody typed one', () => {
    attempts().clear();
    expect(existsSync(path())).toBe(false);
    expect(attempts().view()).toEqual({ left: 5, waitMs: 0 });
  });

  it('are refused where they cannot be written down', () => {
    const nowhere = openAttempts(join(folder.path, 'missing', 'attempts.json'), clock);
    expect(() => nowhere.take()).toThrow(expect.objectContaining({ code: 'storage' }));
  });
});
