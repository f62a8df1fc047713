import { describe, expect, it } from 'vitest';
import { mostBytesWith, roomProblem } from '#host/models/disk-room.ts';
import { createTransferSpeed } from '#host/models/transfer-speed.ts';

describe('the speed of a transfer', () => {
  it('is that of the last seconds, and zero once nothing has arrived for so long', () => {
    let now = 0;
    const speed = createTransferSpeed(() => now);
    expect(speed.bytesPerSecond()).toBeNull();
    speed.note(0);
    expect(speed.bytesPerSecond()).toBeNull();
    for (let second = 1; second <= 10; second++) {
      now = second * 1_000;
      speed.note(second * 1_000_000);
    }
    expect(speed.bytesPerSecond()).toBe(1_000_000);
    now += 2_000;
    expect(speed.bytesPerSecond()).toBe(500_000);
    now += 3_000;
    expect(speed.bytesPerSecond()).toBe(0);
  });
});

describe('the room for a file', () => {
  it('is a tenth more than its size, and a billion bytes are left to everything else', () => {
    expect(mostBytesWith(500_000_000)).toBe(0);
    expect(mostBytesWith(3_000_000_000)).toBe(2_000_000_000);
    expect(mostBytesWith(22_000_000_000)).toBe(20_000_000_000);
    expect(roomProblem(1_000, 0, 1_100)).toBeUndefined();
    expect(roomProblem(1_000, 0, 1_099)).toContain('filling up');
    expect(roomProblem(1_000, 500, 550)).toBeUndefined();
    expect(roomProblem(1_000, 1_000, 0)).toBeUndefined();
  });
});
