import { describe, expect, it } from 'vitest';
import { alsoArg, detailArg } from '#shared/commands/lab-fields.ts';

describe('another market as it is typed', () => {
  it.each([
    ['ETH/USDT', { instrument: 'ETH/USDT' }],
    ['eth/usdt@4h', { instrument: 'ETH/USDT', interval: '4h' }],
    ['ETH/USDT=eth.csv.gz', { instrument: 'ETH/USDT', path: 'eth.csv.gz' }],
    ['ETH/USDT=a folder/e=t@h.csv@1m', { instrument: 'ETH/USDT', path: 'a folder/e=t@h.csv', interval: '1m' }],
  ])('%s', (text, market) => {
    expect(alsoArg().parse([text])).toEqual([market]);
  });

  it.each([
    ['ETH', /names no instrument/],
    ['=eth.csv', /names no instrument/],
    ['ETH/USDT=', /names no file after the =/],
    ['ETH/USDT=@1h', /names no file after the =/],
    ['ETH/USDT@7h', /7h.* is no interval/],
    ['ETH/USDT=eth@home.csv', /home.csv.* is no interval/],
  ])('%s is refused', (text, message) => {
    expect(() => alsoArg().parse([text])).toThrow(message);
  });
});

describe('finer candles as they are typed', () => {
  it('are an interval, or a file and an interval', () => {
    expect(detailArg().parse('1m')).toEqual({ interval: '1m' });
    expect(detailArg().parse('a@b.csv@5m')).toEqual({ path: 'a@b.csv', interval: '5m' });
    expect(() => detailArg().parse('soon')).toThrow(/soon.* is no interval/);
    expect(() => detailArg().parse('a.csv@2m')).toThrow(/2m.* is no interval/);
    expect(() => detailArg().parse('@1m')).toThrow(/names no file before the @/);
  });
});
