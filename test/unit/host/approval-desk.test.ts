import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalRequested } from '#core/automation/approval-types.ts';
import { impactOf } from '#core/automation/brief-limits.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import type { TradingState } from '#core/risk/types.ts';
import { type Asked, openApprovalDesk } from '#host/automation/approval-desk.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-approvals');
beforeEach(() => {
  folder = tempFolder('mt-approvals');
});
afterEach(() => folder.remove());

const LIMITS = { riskPerTrade: '0.005', maxNotionalFraction: '0.25', maxPositions: 1, maxBars: 48 };
const account = {
  asset: 'USDT',
  equity: parseDecimal('10000'),
  drawdown: parseDecimal('0'),
  drawdownBudget: parseDecimal('0.05'),
  dayLoss: '0.01',
};
/** What a desk reads of it is typed; the rest of a spec means nothing to it. */
const ASKED = {
  kind: 'brief',
  cycle: 3,
  runId: 'R-test',
  environment: 'simulated',
  instrumentId: 'BTC/USDT.SIM',
  symbol: 'BTC/USDT',
  interval: '5m',
  why: 'because',
  limits: LIMITS,
  impact: impactOf(LIMITS, account),
  evidence: { regime: 'ranging', confidence: 0.7, source: 'rules', reasons: [], facts: [], lessons: [] },
  spec: { envelope: { dayLoss: '0.01' } } as ApprovalRequested['spec'],
  entry: null,
} as unknown as Asked;
const TTL = 600_000;

function rig() {
  const storage = openTestStorage(folder.path);
  let now = 1_000;
  let state: TradingState = 'active';
  let told = 0;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const desk = openApprovalDesk({
    journal: storage.journal,
    time: {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          sleepers.push({ until: now + ms, wake: resolve });
          signal.addEventListener('abort', () => resolve());
        }),
    },
    marketNow: () => unixMs(5),
    tradingState: () => state,
    onChange: () => {
      told += 1;
    },
    onError: (what) => {
      throw new Error(what);
    },
  });
  return {
    storage,
    desk,
    told: () => told,
    stop: createAbortSource(),
    types: () => storage.journal.readCycle(0).map(({ type }) => type),
    halt(next: TradingState) {
      state = next;
    },
    /** Wall time goes on; `awake` is false while the machine sleeps and no timer fires. */
    async pass(ms: number, awake = true) {
      now += ms;
      if (awake) for (const { until, wake } of sleepers) if (until <= now) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('approvals', () => {
  it('are decided once: whoever is second is told who was first, and one record stands', async () => {
    const { desk, stop, types, storage, told } = rig();
    const answer = desk.ask(ASKED, stop.token);
    expect(desk.all().map(({ state }) => state)).toEqual(['pending']);
    desk.approve('AP-1', {}, 'terminal');
    for (let presses = 0; presses < 4; presses++)
      expect(() => desk.approve('AP-1', {}, 'window')).toThrow('AP-1 was approved already, through the terminal');
    expect(() => desk.reject('AP-1', 'no', 'window')).toThrow('approved already');
    expect(() => desk.edit('AP-1', { maxBars: 3 }, 'window')).toThrow('approved already');
    expect(await answer).toEqual({ kind: 'approved', id: 'AP-1', limits: LIMITS, by: 'terminal' });
    expect(types()).toEqual(['approval.requested', 'approval.approved']);
    expect(told()).toBe(2);
    expect(() => desk.approve('AP-2', {}, 'window')).toThrow('there is no approval AP-2');
    storage.close();
  });

  it('can be lowered and not raised; what was approved is what was lowered', async () => {
    const { desk, stop, types, storage } = rig();
    const answer = desk.ask(ASKED, stop.token);
    const lowered = desk.edit('AP-1', { maxSize: '1000', maxBars: 12 }, 'window');
    expect(lowered.impact).toMatchObject({ exposure: '1000', worstTrade: '50' });
    expect(() => desk.edit('AP-1', { maxSize: '1500' }, 'window')).toThrow('can only be lowered');
    expect(() => desk.approve('AP-1', { maxBars: 13 }, 'window')).toThrow('can only be lowered');
    expect(desk.get('AP-1').state).toBe('pending');
    desk.approve('AP-1', { riskPerTrade: '0.001' }, 'window');
    const limits = { riskPerTrade: '0.001', maxNotionalFraction: '0.1', maxPositions: 1, maxBars: 12 };
    expect(await answer).toEqual({ kind: 'approved', id: 'AP-1', limits, by: 'window' });
    expect(types()).toEqual(['approval.requested', 'approval.edited', 'approval.edited', 'approval.approved']);
    storage.close();
  });

  it('cannot be approved once they are not what was asked about, and whoever asked is told why', async () => {
    const { desk, stop, types, storage } = rig();
    let why: string | undefined;
    const answer = desk.ask({ ...ASKED, kind: 'entry' }, stop.token, () => why);
    why = 'the price is 112';
    expect(() => desk.approve('AP-1', {}, 'window')).toThrow('AP-1 is stale: the price is 112');
    why = undefined;
    expect(() => desk.approve('AP-1', {}, 'window')).toThrow('has expired');
    expect(await answer).toMatchObject({ kind: 'declined', why: 'AP-1 expired: the price is 112' });
    expect(types()).toEqual(['approval.requested', 'approval.expired']);
    storage.close();
  });

  it('of an entry let its size and risk be lowered, and nothing that was decided with the brief', async () => {
    const { desk, stop, storage } = rig();
    const answer = desk.ask({ ...ASKED, kind: 'entry' }, stop.token);
    expect(() => desk.edit('AP-1', { maxBars: 3 }, 'window')).toThrow('only the size and the risk');
    expect(() => desk.approve('AP-1', { maxPositions: 1 }, 'window')).toThrow('only the size and the risk');
    desk.approve('AP-1', { maxSize: '1000' }, 'window');
    expect(await answer).toMatchObject({ kind: 'approved', limits: { maxNotionalFraction: '0.1' } });
    storage.close();
  });

  it('expire when nobody decides in time, and a machine that slept through it finds them expired', async () => {
    const { desk, stop, storage, pass, types } = rig();
    const first = desk.ask(ASKED, stop.token);
    await pass(TTL - 1);
    expect(desk.get('AP-1').state).toBe('pending');
    await pass(1);
    expect(await first).toMatchObject({ kind: 'declined', why: 'AP-1 expired: nobody decided in time' });
    const second = desk.ask(ASKED, stop.token);
    await pass(TTL, false);
    expect(() => desk.approve('AP-2', {}, 'window')).toThrow('AP-2 has expired');
    expect(await second).toMatchObject({ kind: 'declined' });
    expect(types().filter((type) => type === 'approval.expired').length).toBe(2);
    expect(types()).not.toContain('approval.approved');
    storage.close();
  });

  it('are rejected with a reason, go with their run, and are withdrawn when nobody wants them any more', async () => {
    const { desk, stop, storage } = rig();
    const rejected = desk.ask(ASKED, stop.token);
    desk.reject('AP-1', 'news at ten', 'window');
    expect(await rejected).toEqual({ kind: 'declined', id: 'AP-1', why: 'the master rejected AP-1: news at ten' });
    const stopped = desk.ask(ASKED, stop.token);
    const other = desk.ask(ASKED, createAbortSource().token);
    stop.abort('canceled with Esc');
    expect(await stopped).toMatchObject({ why: 'AP-2 expired: its run was stopped: canceled with Esc' });
    expect(desk.get('AP-3').state).toBe('pending');
    desk.withdraw('mode manual');
    expect(await other).toMatchObject({ why: 'AP-3 expired: mode manual' });
    storage.close();
  });

  it.each(['reducing', 'halted'] as const)('approve nothing while trading is %s', async (state) => {
    const { desk, stop, storage, halt } = rig();
    const answer = desk.ask(ASKED, stop.token);
    halt(state);
    expect(() => desk.approve('AP-1', {}, 'window')).toThrow(`trading is ${state}`);
    desk.reject('AP-1', 'halted', 'window');
    expect((await answer).kind).toBe('declined');
    storage.close();
  });

  it('that waited when the program ended are expired by the next start, with the reason', async () => {
    const first = rig();
    void first.desk.ask(ASKED, first.stop.token);
    first.desk.close();
    first.storage.close();
    const again = rig();
    expect(again.desk.get('AP-1')).toMatchObject({ state: 'expired', reason: 'its run was cut off' });
    expect(() => again.desk.approve('AP-1', {}, 'window')).toThrow('its run was cut off');
    void again.desk.ask(ASKED, again.stop.token);
    expect(again.desk.all().map(({ request, state }) => `${request.id} ${state}`)).toEqual([
      'AP-1 expired',
      'AP-2 pending',
    ]);
    again.storage.close();
  });
});
