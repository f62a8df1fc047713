import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDecimal } from '#core/domain/decimal.ts';
import { type RunId, unixMs } from '#core/domain/ids.ts';
import { DEFAULT_RISK_POLICY, LIMIT_NAMES, loosened, parseRiskPolicy } from '#core/risk/risk-limits.ts';
import { openLimitBook } from '#host/limit-book.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-limits');
beforeEach(() => {
  folder = tempFolder('mt-limits');
});
afterEach(() => folder.remove());

describe('the limits of the engine', () => {
  it('tighten at once, loosen with a reason only, and are found again after a restart', () => {
    const storage = openTestStorage(folder.path);
    const book = openLimitBook({ journal: storage.journal });
    expect(book.policy()).toEqual(DEFAULT_RISK_POLICY);
    expect(book.change({ changes: { dayLoss: '0.01', maxOpenOrders: 5 }, reason: undefined }, unixMs(1))).toEqual([
      'maxOpenOrders',
      'dayLoss',
    ]);
    for (const reason of [undefined, '', '  '])
      expect(() => book.change({ changes: { dayLoss: '0.015' }, reason }, unixMs(2))).toThrow('would let more through');
    expect(formatDecimal(book.limits().dayLoss)).toBe('0.01');
    book.change({ changes: { dayLoss: '0.015' }, reason: 'a calmer market' }, unixMs(3));
    expect(book.change({ changes: { dayLoss: '0.015' }, reason: undefined }, unixMs(4))).toEqual([]);
    storage.close();
    const again = openTestStorage(folder.path);
    expect(openLimitBook({ journal: again.journal }).policy()).toEqual({
      ...DEFAULT_RISK_POLICY,
      dayLoss: '0.015',
      maxOpenOrders: 5,
    });
    const reasons = again.journal.readCycle(0).map(({ payload }) => (payload as { reason?: string }).reason);
    expect(reasons).toEqual(['tightened', 'a calmer market']);
    again.close();
  });

  it('stay as they were when the change cannot be recorded, or whoever asks may not loosen', () => {
    const storage = openTestStorage(folder.path);
    const asked: unknown[] = [];
    const book = openLimitBook({
      journal: storage.journal,
      mayLoosen: (names) => {
        asked.push(names);
        throw new Error('prove who you are');
      },
    });
    expect(() => book.change({ changes: { maxOpenOrders: 30 }, reason: 'more' }, unixMs(1))).toThrow(
      'prove who you are',
    );
    expect(asked).toEqual([['maxOpenOrders']]);
    storage.close();
    expect(() => book.change({ changes: { maxOpenOrders: 3 }, reason: undefined }, unixMs(1))).toThrow();
    expect(book.policy()).toEqual(DEFAULT_RISK_POLICY);
  });

  it('of an earlier version hold with the defaults of what it did not know, and with nothing else missing', () => {
    const storage = openTestStorage(folder.path);
    const { maxOpenRisk: _, maxPositions: __, maxAgents: ___, ...earlier } = DEFAULT_RISK_POLICY;
    const write = (policy: object): void => {
      storage.journal.append(0, [
        {
          runId: 'R-system' as RunId,
          ts: unixMs(1),
          type: 'risk.limits_changed',
          payload: { policy: { ...policy }, changed: ['dayLoss'], reason: 'a test' },
        },
      ]);
    };
    write({ ...earlier, dayLoss: '0.01' });
    expect(openLimitBook({ journal: storage.journal }).policy()).toEqual({ ...DEFAULT_RISK_POLICY, dayLoss: '0.01' });
    const { gapAtr: ____, ...without } = earlier;
    write(without);
    expect(() => openLimitBook({ journal: storage.journal })).toThrow('limit gapAtr');
    storage.close();
  });

  it.each([
    ['a wider band', { haltAt: '0.046' }, /limit haltAt: .*at most 0\.045/],
    [
      'bands that do not rise',
      { halveAt: '0.03', reduceOnlyAt: '0.03' },
      /halveAt \(0\.03\) is not below reduceOnlyAt/,
    ],
    ['a collar beyond 3 %', { priceCollar: '0.0301' }, /limit priceCollar/],
    ['no number', { dayLoss: 'NaN' }, /limit dayLoss/],
    ['an exponent', { dayLoss: '1e-2' }, /limit dayLoss/],
    ['nothing', { maxOpenOrders: undefined }, /limit maxOpenOrders/],
    ['infinity', { maxOpenOrders: Number.POSITIVE_INFINITY }, /limit maxOpenOrders/],
    ['an unknown name', { maxFun: 1 }, /unrecognized|Unrecognized/],
  ])('refuse %s by name', (_, change, why) => {
    expect(() => parseRiskPolicy({ ...DEFAULT_RISK_POLICY, ...change })).toThrow(why);
  });

  it('know for each limit which way lets more through', () => {
    const looser: Record<string, string | number> = { duplicateWindowMs: 500, gapFraction: '0', gapAtr: '0' };
    for (const name of LIMIT_NAMES) {
      const change = {
        ...DEFAULT_RISK_POLICY,
        [name]: looser[name] ?? (typeof DEFAULT_RISK_POLICY[name] === 'string' ? '1.9' : 999),
      };
      expect(loosened(DEFAULT_RISK_POLICY, change)).toEqual([name]);
      expect(loosened(change, DEFAULT_RISK_POLICY)).toEqual([]);
    }
  });
});
