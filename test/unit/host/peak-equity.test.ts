import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { draft } from '#core/cycle/records.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { openStandingAccount } from '#host/standing-account.ts';
import { MANUAL_RUN, SYSTEM_CYCLE } from '#host/trading-state.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const DAY = 86_400_000;
let folder = tempFolder('mt-peak');
beforeEach(() => {
  folder = tempFolder('mt-peak');
});
afterEach(() => folder.remove());

describe('the highest equity of the standing account', () => {
  it('is found again after a crash in the middle of a position, and so is what the day began with', () => {
    const storage = openTestStorage(folder.path);
    const open = () =>
      openStandingAccount({
        journal: storage.journal,
        instruments: [simulatedInstrument('BTC/USDT')],
        opening: { asset: 'USDT', cash: '10000', marketSeed: 29, ts: GENERATOR_START },
      }).account;
    expect(formatDecimal(open().peakEquity())).toBe('10000');
    // What a desk writes at the marks that moved one of them; the cycle itself never ended.
    const marks = [
      { equity: '10400', peakEquity: '10400', dayStartEquity: '10000', days: 0 },
      { equity: '10350', peakEquity: '10400', dayStartEquity: '10380', days: 1 },
    ];
    for (const { days, ...payload } of marks)
      storage.journal.append(SYSTEM_CYCLE, [
        draft(MANUAL_RUN, unixMs(GENERATOR_START + days * DAY + 1), 'risk.marked', payload),
      ]);
    const again = open();
    expect(formatDecimal(again.peakEquity())).toBe('10400');
    expect(formatDecimal(again.dayStartEquity())).toBe('10380');
    expect(formatDecimal(again.equity())).toBe('10000');
    storage.close();
  });
});
