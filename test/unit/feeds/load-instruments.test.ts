import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  formatInstruments,
  instrumentFor,
  instrumentsFile,
  loadInstruments,
  parseInstruments,
} from '#adapters/instruments/load-instruments.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { Fault } from '#core/kernel/fault.ts';
import { SIMULATED_INSTRUMENTS } from '#test/support/instruments.ts';

const text = readFileSync(SIMULATED_INSTRUMENTS, 'utf8');
const instruments = loadInstruments(SIMULATED_INSTRUMENTS);

describe('the instruments of the simulated venue', () => {
  it('are three, with exact rules', () => {
    expect(
      instruments.map(({ id, tickSize, lotSize }) => [id, formatDecimal(tickSize), formatDecimal(lotSize)]),
    ).toEqual([
      ['BTC/USDT.SIM', '0.01', '0.00001'],
      ['ETH/USDT.SIM', '0.01', '0.0001'],
      ['SOL/USDT.SIM', '0.01', '0.001'],
    ]);
    expect(instruments.map(({ minNotional }) => formatDecimal(minNotional))).toEqual(['5', '5', '5']);
  });

  it('are written as they were read', () => {
    expect(formatInstruments(instruments)).toBe(text);
    expect(parseInstruments(formatInstruments(instruments), 'again')).toEqual(instruments);
  });

  it('have the published schema', () => {
    const schema: unknown = JSON.parse(
      readFileSync(join(dirname(SIMULATED_INSTRUMENTS), 'instruments.schema.json'), 'utf8'),
    );
    expect(schema).toEqual(z.toJSONSchema(instrumentsFile));
  });

  it('are found by symbol; an unknown symbol is refused with the known ones', () => {
    expect(instrumentFor('ETH/USDT', instruments).id).toBe('ETH/USDT.SIM');
    const expected = new Fault(
      'not_found',
      'XAU/USD is not a known instrument.',
      'Choose one of BTC/USDT, ETH/USDT, SOL/USDT.',
    );
    expect(() => instrumentFor('XAU/USD', instruments)).toThrow(expected);
  });
});

const changed = (from: string, to: string): (() => unknown) => {
  expect(text).toContain(from);
  return () => parseInstruments(text.replace(from, to), 'simulated.json');
};

describe('a spoilt instruments file', () => {
  it.each([
    ['is not JSON', '{', '', /simulated\.json: it is not JSON/],
    ['has a number for a tick', '"tickSize": "0.01"', '"tickSize": 0.01', /instruments\.0\.tickSize: /],
    ['has a zero tick', '"tickSize": "0.01"', '"tickSize": "0.00"', /tickSize: must be above zero/],
    ['has an exponent', '"lotSize": "0.0001"', '"lotSize": "1e-4"', /instruments\.1\.lotSize: not a plain decimal/],
    ['lacks a field', '"quoteScale": 8', '"quoteScales": 8', /instruments\.0/],
    ['names one twice', '"base": "ETH"', '"base": "BTC"', /BTC\/USDT stands twice/],
  ])('%s', (_, from, to, message) => {
    expect(changed(from, to)).toThrow(message);
    expect(changed(from, to)).toThrow(Fault);
  });

  it('is absent', () => {
    expect(() => loadInstruments('/nowhere/simulated.json')).toThrow(/\/nowhere\/simulated\.json cannot be read/);
  });
});
