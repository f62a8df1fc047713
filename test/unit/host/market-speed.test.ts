import { describe, expect, it } from 'vitest';
import { marketSpeed } from '#host/market-speed.ts';

describe('the pace of the simulated market', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['1', 1],
    [' 600 ', 600],
    ['60.5', 60.5],
  ])('reads %j as %j', (chosen, speed) => expect(marketSpeed(chosen)).toBe(speed));

  it.each(['fast', '0', '-60', '601', 'Infinity', '6e9'])('refuses %s and says what it may be', (chosen) =>
    expect(() => marketSpeed(chosen)).toThrow(
      expect.objectContaining({ code: 'usage', remedy: 'give a number from 1 to 600, or leave it out' }),
    ),
  );
});
