import { describe, expect, it } from 'vitest';
import { factText } from '#shared/format/facts.ts';
import {
  assetDecimals,
  decimalText,
  directionOf,
  floatText,
  moneyText,
  percentText,
  quantityText,
  rText,
  shortPercentText,
  signedText,
  slippageText,
} from '#shared/format/figures.ts';
import * as fc from '../../support/seeded-check.ts';

describe('figures', () => {
  it('say better and worse instead of a sign that must be explained', () => {
    expect(slippageText('-0.78')).toBe('0.78 bps better than simulated');
    expect(slippageText('1.2')).toBe('1.2 bps worse than simulated');
  });

  it('groups thousands and keeps the asset with its amount', () => {
    expect(moneyText('1234567.5', 'USDT')).toBe('1,234,567.50\u00a0USDT');
    expect(moneyText('0.00012345', 'BTC')).toBe('0.00012345\u00a0BTC');
    expect(assetDecimals('ETH')).toBe(8);
  });

  it('shows a loss with a true minus on screens and ASCII on the command line', () => {
    expect(decimalText('-12.345', 2)).toBe('\u221212.35');
    expect(decimalText('-12.345', 2, { ascii: true })).toBe('-12.35');
  });

  it('signs gains when asked, and never zero', () => {
    expect(decimalText('42.18', 2, { sign: 'always' })).toBe('+42.18');
    expect(decimalText('0', 2, { sign: 'always' })).toBe('0.00');
    expect(decimalText('-0.001', 2, { sign: 'always' })).toBe('0.00');
  });

  it('gives every direction its own shape, by the figure as shown', () => {
    expect([signedText('1.24'), signedText('-0.8'), signedText('0.001')]).toEqual([
      '▲ +1.24',
      '▼ \u22120.80',
      '• 0.00',
    ]);
    expect(directionOf('0.004')).toBe('flat');
    expect(directionOf('0.004', 3)).toBe('up');
  });

  it('turns fractions into percentages exactly', () => {
    expect(percentText('0.0123')).toBe('1.23%');
    expect(percentText('-0.0042', 2, { sign: 'always' })).toBe('\u22120.42%');
    expect([shortPercentText('0.005'), shortPercentText('0.01'), shortPercentText('1')]).toEqual([
      '0.5%',
      '1%',
      '100%',
    ]);
  });

  it('shows results in R with two decimals and a sign', () => {
    expect([rText('0.8'), rText('-1'), rText('0')]).toEqual(['+0.80\u00a0R', '\u22121.00\u00a0R', '0.00\u00a0R']);
  });

  it('shows quantities without padding', () => {
    expect([quantityText('0.01200000'), quantityText('1500')]).toEqual(['0.012', '1,500']);
  });

  it('says unknown instead of NaN or Infinity', () => {
    expect([floatText(Number.NaN, 2), floatText(Number.POSITIVE_INFINITY, 2)]).toEqual(['unknown', 'unknown']);
    expect(factText({ value: Number.NaN, unit: 'index' })).toBe('unknown');
  });

  it('shows a fact in its unit', () => {
    expect(factText({ value: 0.2034, unit: 'fraction' })).toBe('+20.34%');
    expect(factText({ value: 14.26, unit: 'index' })).toBe('14.3');
    expect(factText({ value: 64012.5, unit: 'price' })).toBe('64,012.50');
    expect(factText({ value: 24, unit: 'bars' })).toBe('24 candles');
    expect(factText({ value: -1.2, unit: 'score' })).toBe('\u22121.20');
  });

  it('holds every digit: stripping the grouping gives the input back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (units) => {
        expect(decimalText(units.toString(), undefined, { ascii: true }).replaceAll(',', '')).toBe(units.toString());
      }),
    );
  });
});
