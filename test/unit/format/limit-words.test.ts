import { expect, it } from 'vitest';
import { DEFAULT_RISK_POLICY, LIMIT_NAMES } from '#core/risk/risk-limits.ts';
import { limitMeaning, limitText } from '#shared/format/limit-words.ts';

it('says what each limit is in its unit, and what it means', () => {
  expect(limitText('priceCollar', DEFAULT_RISK_POLICY.priceCollar)).toBe('1.00%');
  expect(limitText('maxOpenOrders', 20)).toBe('20');
  expect(limitText('duplicateWindowMs', 2_000)).toBe('2000 ms');
  expect(limitText('gapAtr', '0.5')).toBe('0.5');
  expect(new Set(LIMIT_NAMES.map(limitMeaning)).size).toBe(LIMIT_NAMES.length);
});
