import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createStoredFeed, openFileFeed, readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { BASE_TIME, csvOf, plainRows, seriesOf } from '#test/support/candle-builders.ts';
import { simulatedInstrument } from '#test/support/instruments.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const folder = tempFolder('feed');
afterAll(() => folder.remove());

const write = (name: string, content: string | Buffer): string => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};
function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const instrument = simulatedInstrument('BTC/USDT');
const hour = (n: number) => unixMs(BASE_TIME + n * INTERVAL_MS['1h']);
const hourly = write('hourly.csv', csvOf(plainRows(100), '1h'));
const never = createAbortSource().token;

function openAt(moment: number, path = hourly, interval: Interval = '1h') {
  const clock = new TestClock(unixMs(moment));
  return { clock, feed: openFileFeed({ path, instrument, interval, clock }) };
}

describe('reading a candle file', () => {
  it('takes plain and gzipped text, by content and not by name', () => {
    const text = csvOf(plainRows(10), '1h');
    const plain = readCandleFile(write('a.csv', text), '1h');
    expect(plain.series).toEqual(seriesOf(plainRows(10), '1h'));
    expect(readCandleFile(write('b.csv.gz', gzipSync(text)), '1h')).toEqual(plain);
    expect(readCandleFile(write('c.csv', gzipSync(text)), '1h')).toEqual(plain);
    expect(readCandleFile(write('d.csv', `\uFEFF${text}`), '1h')).toEqual(plain);
  });

  it('names the file and the line of a bad row', () => {
    const path = write('bad.csv', csvOf(plainRows(3), '1h').replace('101,102.5', '101,1'));
    const fault = faultOf(() => readCandleFile(path, '1h'));
    expect(fault.message).toMatch(/^bad\.csv has 1 bad row: line 3: /);
  });

  it('refuses what is no readable file of text, and says what to do', () => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const cases: readonly [path: string, code: string, message: RegExp][] = [
      [join(folder.path, 'absent.csv'), 'not_found', /absent\.csv does not exist/],
      [join(hourly, 'inside.csv'), 'not_found', /does not exist/],
      [folder.path, 'bad_data', /is a folder/],
      [pipe, 'bad_data', /is not an ordinary file/],
      [write('cut.csv.gz', gzipSync(csvOf(plainRows(50), '1h')).subarray(0, 200)), 'bad_data', /not a whole gzip/],
      [write('text.csv.gz', csvOf(plainRows(5), '1h')), 'bad_data', /not a whole gzip/],
      [write('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])), 'bad_data', /is not text/],
      [write('latin.csv', Buffer.from('timestamp,pr\xe9x\n', 'latin1')), 'bad_data', /is not text/],
      [write('wide.csv', Buffer.from(csvOf(plainRows(5), '1h'), 'utf16le')), 'bad_data', /is not text/],
      [write('empty.csv', ''), 'bad_data', /is empty/],
      [write('empty.csv.gz', ''), 'bad_data', /not a whole gzip/],
    ];
    for (const [path, code, message] of cases) {
      const fault = faultOf(() => readCandleFile(path, '1h'));
      expect(fault.message).toMatch(message);
      expect(fault.code).toBe(code);
      expect(fault.remedy.length).toBeGreaterThan(10);
    }
  });

  it('refuses a file that it may not read', () => {
    if (process.getuid?.() === 0) {
      console.log('not run: a file without read permission (root may read everything)');
      return;
    }
    const path = write('secret.csv', 'x');
    chmodSync(path, 0);
    expect(faultOf(() => readCandleFile(path, '1h')).message).toContain('may not be read');
  });
});

describe('a file as the market', () => {
  it('gives the newest candles that had closed by the moment', () => {
    const { feed } = openAt(hour(50));
    const { series } = feed.history(instrument.id, '1h', hour(50), 3);
    expect(series.candles.map((candle) => candle.closeTime)).toEqual([hour(48), hour(49), hour(50)]);
    expect(feed.history(instrument.id, '1h', unixMs(hour(50) - 1), 1).series.candles[0]?.closeTime).toBe(hour(49));
    expect(feed.history(instrument.id, '1h', hour(2), 500).series.candles).toHaveLength(2);
  });

  it('reports only the gaps inside what it gives', () => {
    const rows = plainRows(100).filter(({ slot }) => slot !== 10 && slot !== 40);
    const { feed } = openAt(hour(60), write('gaps.csv', csvOf(rows, '1h')));
    const { gaps } = feed.history(instrument.id, '1h', hour(60), 30);
    expect(gaps).toEqual([{ after: hour(39), before: hour(41), missing: 1 }]);
  });

  it('refuses to tell what its clock does not know yet', () => {
    const { feed } = openAt(hour(50));
    expect(() => feed.history(instrument.id, '1h', hour(51), 3)).toThrow(RangeError);
  });

  it('moves its clock to the close of each next candle and ends with the file', async () => {
    const { feed, clock } = openAt(hour(97));
    const seen: unknown[] = [];
    for (let after = clock.now(); ; ) {
      const candle = await feed.next(instrument.id, '1h', after, never);
      if (candle === undefined) break;
      seen.push([candle.closeTime, clock.now()]);
      after = candle.closeTime;
    }
    expect(seen).toEqual([98, 99, 100].map((n) => [hour(n), hour(n)]));
    expect(clock.now()).toBe(hour(100));
  });

  it('gives a candle that has closed already without moving the clock', async () => {
    const { feed, clock } = openAt(hour(50));
    expect((await feed.next(instrument.id, '1h', hour(10), never))?.closeTime).toBe(hour(11));
    expect(clock.now()).toBe(hour(50));
  });

  it('fires the timers on the way at their own time', async () => {
    const { feed, clock } = openAt(hour(50));
    const fired: number[] = [];
    clock.setTimer(unixMs(hour(50) + 1000), () => fired.push(clock.now()));
    await feed.next(instrument.id, '1h', hour(50), never);
    expect(fired).toEqual([hour(50) + 1000]);
  });

  it('stops on abort, also when a timer on the way asks for it', async () => {
    const { feed, clock } = openAt(hour(50));
    const early = createAbortSource();
    early.abort('no more');
    expect(await feed.next(instrument.id, '1h', hour(50), early.token)).toBeUndefined();
    expect(clock.now()).toBe(hour(50));
    const late = createAbortSource();
    clock.setTimer(unixMs(hour(50) + 1000), () => late.abort('time is up'));
    expect(await feed.next(instrument.id, '1h', hour(50), late.token)).toBeUndefined();
  });

  it('lets other work run between two candles', async () => {
    const { feed, clock } = openAt(hour(1));
    const stop = createAbortSource();
    setImmediate(() => stop.abort('canceled by the master'));
    let lived = 0;
    for (;;) {
      const candle = await feed.next(instrument.id, '1h', clock.now(), stop.token);
      if (candle === undefined) break;
      lived += 1;
    }
    expect(lived).toBeLessThan(99);
    expect(stop.token.aborted).toBe(true);
  });

  it('serves coarser candles of its own and names what it has when asked for finer ones', () => {
    const { feed } = openAt(hour(50));
    const { series } = feed.history(instrument.id, '4h', hour(50), 2);
    expect(series.candles.map((candle) => candle.closeTime)).toEqual([hour(44), hour(48)]);
    expect(feed.span(instrument.id, '4h')).toEqual({ first: hour(4), last: hour(100) });
    const fault = faultOf(() => feed.history(instrument.id, '5m', hour(50), 2));
    expect(fault.code).toBe('not_found');
    expect(`${fault.message} ${fault.remedy}`).toMatch(/hourly\.csv holds 1h candles.*Ask for one of 1h, 4h, 1d/);
  });

  it('refuses another instrument and data too short for the interval', () => {
    const { feed } = openAt(hour(2), write('short.csv', csvOf(plainRows(2), '1h')));
    expect(faultOf(() => feed.span('ETH/USDT.SIM' as InstrumentId, '1h')).remedy).toBe('It holds BTC/USDT.SIM.');
    expect(faultOf(() => feed.span(instrument.id, '1d')).message).toContain('too short for one whole 1d candle');
  });

  it('refuses a moment outside the file and names its span', () => {
    const span = '2024-01-01T00:00:00Z .. 2024-01-05T03:00:00Z';
    const { feed } = openAt(hour(500));
    for (const [moment, where] of [
      [unixMs(0), 'before'],
      [unixMs(hour(1) - 1), 'before'],
      [hour(101), 'after'],
      [hour(500), 'after'],
    ] as const) {
      const fault = faultOf(() => feed.history(instrument.id, '1h', moment, 10));
      expect(fault.code).toBe('not_found');
      expect(fault.message).toContain(`is ${where} the data: hourly.csv holds ${span}`);
      expect(fault.remedy).toBe('Choose a moment from 2024-01-01T01:00:00Z to 2024-01-05T04:00:00Z.');
    }
    expect(feed.span(instrument.id, '1h')).toEqual({ first: hour(1), last: hour(100) });
    expect(feed.history(instrument.id, '1h', unixMs(hour(101) - 1), 1).series.candles).toHaveLength(1);
  });

  it('says where its candles come from', () => {
    expect(openAt(hour(5)).feed.source).toEqual({ kind: 'file', path: hourly });
  });
});

describe('imported candles as the market', () => {
  const clock = new TestClock(hour(5));

  it('answer as the file they came from', () => {
    const { candles } = seriesOf(plainRows(100), '1h');
    const feed = createStoredFeed({ candles, instrument, interval: '1h', clock });
    expect(feed.source).toEqual({ kind: 'imported' });
    const fromFile = openAt(hour(5)).feed.history(instrument.id, '1h', hour(5), 10);
    expect(feed.history(instrument.id, '1h', hour(5), 10)).toEqual(fromFile);
  });

  it('are refused when there are none', () => {
    const fault = faultOf(() => createStoredFeed({ candles: [], instrument, interval: '1h', clock }));
    expect(fault.message).toContain('the imported BTC/USDT holds no candle');
  });
});
