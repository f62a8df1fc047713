import { isZero } from '#core/domain/decimal.ts';
import { asset } from '#core/domain/money.ts';
import type { BalanceReport } from '#core/ports/venue-gateway.ts';
import { exactDecimal } from './exact-decimal.ts';
import { fieldAt, isRecord } from './fields.ts';

/** Codes that are no asset of ours: shares of staking products and the like, which cannot be traded as they stand. */
const PLAIN_CODE = /^[A-Z0-9]{1,20}$/;

/**
 * What is held, without zeros. Undefined when the answer is not one: an empty account is an empty list, and a list that could not be read
 * must never look like it.
 */
export function balanceReports(value: unknown): readonly BalanceReport[] | undefined {
  const free = fieldAt(value, ['free']);
  const total = fieldAt(value, ['total']);
  if (!isRecord(free) || !isRecord(total)) return undefined;
  const reports: BalanceReport[] = [];
  for (const [code, text] of Object.entries(total)) {
    const amount = exactDecimal(text);
    if (amount === undefined) return undefined;
    if (isZero(amount) || !PLAIN_CODE.test(code)) continue;
    const available = exactDecimal(free[code]);
    if (available === undefined) return undefined;
    reports.push({ asset: asset(code), free: available, total: amount });
  }
  return reports;
}
