import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { createKillSwitch } from '#host/kill-switch/kill-switch.ts';
import { killPreview } from '#host/kill-switch/preview.ts';
import type { CancelTarget, VenueProof } from '#host/kill-switch/types.ts';
import type { TradingStateLatch } from '#host/trading-state.ts';
import { restingOrder, scriptedTarget, steppedTime } from '../../support/scripted-target.ts';

const two = [restingOrder(1), restingOrder(2)];

function rig(targets: readonly CancelTarget[], { full = false, entriesAfter = 0 } = {}) {
  let state: 'active' | 'halted' = 'active';
  const events: string[] = [];
  const proofs: (readonly VenueProof[])[] = [];
  const latch: TradingStateLatch = {
    state: () => state,
    reason: () => null,
    halt() {
      events.push('latch');
      const fresh = state === 'active';
      state = 'halted';
      return { fresh, recorded: !full, flagged: full };
    },
    reduce: () => undefined,
    resume: () => undefined,
  };
  const killSwitch = createKillSwitch({
    latch,
    targets: () => targets,
    time: steppedTime(),
    marketNow: () => unixMs(5),
    record: (_order, venues) => {
      if (full) throw new Error('the disk is full');
      proofs.push(venues);
    },
    entries: { mark: () => 7, since: () => ({ after: entriesAfter, lastBefore: unixMs(4) }) },
    onError: (what) => events.push(what),
    changed: () => undefined,
  });
  const flatten = () => killSwitch.kill({ verb: 'flatten', reason: 'a test' });
  return { killSwitch, flatten, events, proofs, latch };
}

describe('stop and flatten', () => {
  it('shuts the latch, cancels everything by one request, verifies by query, then flattens, and proves each order', async () => {
    const { target, calls } = scriptedTarget({ orders: two });
    const { flatten, events, proofs } = rig([target]);
    const report = await flatten();
    expect(events).toEqual(['latch']);
    expect(calls).toEqual(['cancelAll', 'stopAgents flatten', 'openOrders', 'flatten']);
    expect(report.steps.every(({ done }) => done)).toBe(true);
    expect(report.venues[0]?.orders).toHaveLength(2);
    for (const order of report.venues[0]?.orders ?? [])
      expect(order).toMatchObject({
        venue: 'scripted',
        requestedAt: 1_000,
        requests: 1,
        confirmedAt: expect.any(Number),
        evidence: 'not in the open orders of the venue',
      });
    expect(proofs).toEqual([report.venues]);
  });

  it.each(['fails', 'throws', 'hangs', 'lies'] as const)(
    'cancels order by order when the request for all %s',
    async (cancelAll) => {
      const { target, calls, resting } = scriptedTarget({ orders: two, cancelAll });
      const report = await rig([target]).flatten();
      expect([...resting]).toEqual([]);
      expect(calls).toEqual(expect.arrayContaining(['cancel V-1', 'cancel V-2']));
      expect(report.venues[0]?.verifiedEmptyAt).not.toBeNull();
    },
  );

  it('cancels what we know by name even when the venue neither takes one request for all nor answers any question', async () => {
    const { target, resting } = scriptedTarget({ orders: two, cancelAll: 'fails', failingQueries: 1_000 });
    const { killSwitch, flatten } = rig([target]);
    await flatten();
    killSwitch.close();
    expect([...resting]).toEqual([]);
  });

  it('cancels what the venue lists and our books have forgotten, orders of strangers included', async () => {
    const { target, resting } = scriptedTarget({
      orders: two,
      forgotten: [restingOrder(3, { clientOrderId: null, foreign: true })],
      cancelAll: 'fails',
    });
    const report = await rig([target]).flatten();
    expect([...resting]).toEqual([]);
    expect(report.venues[0]?.orders.map(({ venueOrderId, foreign }) => [venueOrderId, foreign])).toEqual([
      ['V-1', false],
      ['V-2', false],
      ['V-3', true],
    ]);
  });

  it('does not take an empty list for proof while an order may not be shown yet, and cancels it when it is', async () => {
    const hidden = restingOrder(1, { doubtfulUntil: 1_300 });
    const { target, resting } = scriptedTarget({ orders: [hidden], hiddenFor: 2, cancelAll: 'lies', lostCancels: 2 });
    const report = await rig([target]).flatten();
    expect([...resting]).toEqual([]);
    expect(report.venues[0]?.orders[0]?.confirmedAt).toBeGreaterThanOrEqual(1_300);
  });

  it('goes on behind the report until the venue confirms, and records the proof again then', async () => {
    const { target } = scriptedTarget({ orders: two, failingQueries: 12 });
    const { flatten, proofs } = rig([target]);
    const report = await flatten();
    expect(report.steps.find(({ name }) => name === 'Open orders canceled')).toMatchObject({
      done: false,
      detail: expect.stringContaining('scripted: what rests could not be asked: 503'),
    });
    expect(report.venues[0]).toMatchObject({ verifiedEmptyAt: null });
    await expect.poll(() => proofs.length).toBe(2);
    expect(proofs[1]?.[0]?.verifiedEmptyAt).not.toBeNull();
  });

  it('lets one venue that hangs or throws hold back no other', async () => {
    const good = scriptedTarget({ name: 'good', orders: two });
    const bad: CancelTarget = {
      ...scriptedTarget({ name: 'bad', orders: two, cancelAll: 'hangs' }).target,
      openOrders: () => new Promise(() => undefined),
      cancel: () => new Promise(() => undefined),
      stopAgents: () => {
        throw new Error('the desk is broken');
      },
      flatten: () => Promise.reject(new Error('no market')),
    };
    const { killSwitch, flatten } = rig([bad, good.target]);
    const report = await flatten();
    killSwitch.close();
    expect(good.calls).toContain('flatten');
    expect(report.venues.map(({ venue, verifiedEmptyAt }) => [venue, verifiedEmptyAt !== null])).toEqual([
      ['bad', false],
      ['good', true],
    ]);
    expect(report.steps.map(({ name, done }) => [name, done])).toEqual([
      ['Gate closed', true],
      ['Agents stopped', false],
      ['Positions closed', false],
      ['Open orders canceled', false],
      ['Reconciled', false],
    ]);
  });

  it('cancels and reports when nothing can be written any more, and says what it could not write', async () => {
    const { target, resting } = scriptedTarget({ orders: two });
    const report = await rig([target], { full: true }).flatten();
    expect([...resting]).toEqual([]);
    expect(report.steps.find(({ name }) => name === 'Halt recorded')).toMatchObject({ done: true });
    expect(report.steps.find(({ name }) => name === 'Proof recorded')).toMatchObject({ done: false });
  });

  it('proves from what was recorded that no entry got through after the gate, and says so when one did', async () => {
    const { target } = scriptedTarget({ orders: two });
    const reconciled = async (entriesAfter: number) =>
      (await rig([target], { entriesAfter }).flatten()).steps.find(({ name }) => name === 'Reconciled');
    expect(await reconciled(0)).toMatchObject({
      done: true,
      detail: 'last entry before the gate: 1970-01-01T00:00:00.004Z; none after it',
    });
    expect(await reconciled(1)).toMatchObject({ done: false, detail: expect.stringContaining('1 after it') });
  });

  it('asked twice at once sends one request, and asked again looks again', async () => {
    const { target, calls } = scriptedTarget({ orders: two });
    const { flatten } = rig([target]);
    const [first, second] = await Promise.all([flatten(), flatten()]);
    expect([first.alreadyHalted, second.alreadyHalted]).toEqual([false, true]);
    expect(calls.filter((call) => call === 'cancelAll')).toHaveLength(1);
    expect((await flatten()).alreadyHalted).toBe(true);
    expect(calls.filter((call) => call === 'cancelAll')).toHaveLength(2);
  });
});

describe('stop managing', () => {
  const stop = restingOrder(2, { protects: true });
  const stranger = restingOrder(3, { foreign: true, clientOrderId: null });

  it('cancels what would open something new, and keeps stops, positions and what others placed', async () => {
    const { target, calls, resting } = scriptedTarget({ orders: [restingOrder(1), stop], forgotten: [stranger] });
    const { killSwitch, latch } = rig([target]);
    const report = await killSwitch.kill({ verb: 'stop_managing', reason: 'a test' });
    expect([...resting.keys()]).toEqual(['V-2', 'V-3']);
    expect(calls).toEqual(['cancel V-1', 'stopAgents stop_managing', 'openOrders']);
    expect(report.venues[0]?.orders.map(({ venueOrderId }) => venueOrderId)).toEqual(['V-1']);
    expect(latch.state()).toBe('halted');
  });

  it('can be followed by stop and flatten while it still tries', async () => {
    const { target, resting } = scriptedTarget({ orders: [restingOrder(1), stop], failingQueries: 3 });
    const { killSwitch, flatten } = rig([target]);
    const reports = await Promise.all([killSwitch.kill({ verb: 'stop_managing', reason: 'first' }), flatten()]);
    expect(reports.map(({ verb }) => verb)).toEqual(['stop_managing', 'flatten']);
    expect([...resting]).toEqual([]);
  });

  it('the preview says of each order and position what either would do, and changes nothing', async () => {
    const { target, calls } = scriptedTarget({ orders: [restingOrder(1), stop], forgotten: [stranger] });
    const preview = await killPreview([target], steppedTime());
    expect(
      preview.venues[0]?.orders.map(({ venueOrderId, flatten, stopManaging }) => [venueOrderId, flatten, stopManaging]),
    ).toEqual([
      ['V-1', 'cancel', 'cancel'],
      ['V-2', 'cancel', 'keep'],
      ['V-3', 'cancel', 'keep'],
    ]);
    expect(calls).toEqual(['openOrders']);
  });

  it('the preview falls back on memory when the venue is silent', async () => {
    const { target } = scriptedTarget({ orders: two });
    const silent = { ...target, openOrders: () => new Promise<never>(() => undefined) };
    const preview = await killPreview([silent], steppedTime());
    expect(preview.venues[0]).toMatchObject({ fromMemory: true, orders: [{}, {}] });
  });
});

describe('the end of the program', () => {
  it('cancels entries first and leaves the latch as it is; a venue that does not answer does not keep it from ending', async () => {
    const { target, calls } = scriptedTarget({ orders: [restingOrder(1), restingOrder(2, { protects: true })] });
    const silent = {
      ...scriptedTarget({ name: 'silent', orders: two }).target,
      openOrders: () => new Promise<never>(() => undefined),
    };
    const { killSwitch, latch } = rig([target, silent]);
    const proofs = await killSwitch.standDown('the program is closing');
    expect(calls).toEqual(['cancel V-1', 'openOrders']);
    expect(proofs.map(({ venue, verifiedEmptyAt }) => [venue, verifiedEmptyAt !== null])).toEqual([
      ['scripted', true],
      ['silent', false],
    ]);
    expect(latch.state()).toBe('active');
  });
});
