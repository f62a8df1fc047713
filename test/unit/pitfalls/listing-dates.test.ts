import { describe, expect, it } from 'vitest';
import { formatInstruments, instrumentFor, parseInstruments } from '#adapters/instruments/load-instruments.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { refuseUnlisted, universeAt } from '#core/market/universe.ts';

const rules = { tickSize: '0.01', lotSize: '0.001', minQuantity: '0.001', minNotional: '5', quoteScale: 8 };
const fileOf = (...instruments: object[]): string =>
  JSON.stringify({ venue: 'SIM', instruments: instruments.map((one) => ({ quote: 'USDT', ...rules, ...one })) });
const at = (text: string): UnixMs => unixMs(Date.parse(text));

const FROM = '2020-08-11T06:00:00Z';
const UNTIL = '2022-05-13T00:40:00Z';
const listed = parseInstruments(
  fileOf({ base: 'BTC' }, { base: 'LUNA', listedFrom: FROM, listedUntil: UNTIL }, { base: 'APT', listedFrom: UNTIL }),
  'listed.json',
);
const symbolsAt = (moment: UnixMs): readonly string[] => universeAt(listed, moment).map(({ symbol }) => symbol);

describe('the universe of a moment', () => {
  it('holds what could be traded then: no later arrival, and what was delisted afterwards', () => {
    expect(symbolsAt(unixMs(at(FROM) - 1))).toEqual(['BTC/USDT']);
    expect(symbolsAt(at(FROM))).toEqual(['BTC/USDT', 'LUNA/USDT']);
    expect(symbolsAt(unixMs(at(UNTIL) - 1))).toEqual(['BTC/USDT', 'LUNA/USDT']);
    expect(symbolsAt(at(UNTIL))).toEqual(['BTC/USDT', 'APT/USDT']);
  });

  it('refuses a moment outside the listing, naming the instrument and the date', () => {
    const luna = instrumentFor('LUNA/USDT', listed);
    expect(() => refuseUnlisted(luna, at('2021-01-01T00:00:00Z'))).not.toThrow();
    expect(() => refuseUnlisted(luna, at('2020-01-01T00:00:00Z'))).toThrow(
      new Fault(
        'not_found',
        `LUNA/USDT was listed on SIM at ${FROM}: 2020-01-01T00:00:00Z cannot be traded`,
        'choose another moment',
      ),
    );
    expect(() => refuseUnlisted(luna, at(UNTIL))).toThrow(`LUNA/USDT was taken off SIM at ${UNTIL}`);
  });

  it('keeps the delisted in the file, dates and all, when it is written again', () => {
    expect(parseInstruments(formatInstruments(listed), 'again')).toEqual(listed);
    expect(formatInstruments(listed)).toContain(`"listedUntil": "${UNTIL}"`);
  });

  it.each([
    ['a day without a time', { listedFrom: '2020-08-11' }, /instruments\.0\.listedFrom: not a moment such as/],
    ['a day that does not exist', { listedUntil: '2021-02-30T00:00:00Z' }, /listedUntil: not a moment that exists/],
    ['an hour that does not exist', { listedFrom: '2021-02-03T25:00:00Z' }, /listedFrom: not a moment that exists/],
    ['an end before the beginning', { listedFrom: UNTIL, listedUntil: FROM }, /LUNA\/USDT is taken off before/],
  ])('refuses %s', (_, dates, message) => {
    expect(() => parseInstruments(fileOf({ base: 'LUNA', ...dates }), 'listed.json')).toThrow(message);
  });
});
