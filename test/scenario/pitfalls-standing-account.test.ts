import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RECORD_TYPES } from '#core/journal/types.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import { PERMISSIONS } from '#shared/contract/permissions.ts';
import { startTestEngine } from '../support/engine.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = tempFolder('mt-standing');
beforeEach(() => {
  folder = tempFolder('mt-standing');
});
afterEach(() => folder.remove());

const opened = (records: readonly { readonly type: string; readonly payload: string }[]) =>
  records.filter((record) => record.type === 'account.opened');

describe('the standing account of the real engine', () => {
  it('keeps its whole history over restarts, to the last digit, and opens once', async () => {
    const first = await startTestEngine({ home: folder.path });
    const pressed = await first.press();
    expect(pressed.fills.length).toBeGreaterThan(0);
    const before = await first.engine.handlers['portfolio.get']({});
    const records = await first.records();
    expect(before.equity).not.toBe('10000');

    const second = await first.reopen();
    const after = await second.engine.handlers['portfolio.get']({});
    const { cash, equity, fees } = after;
    expect({ cash, equity, fees }).toEqual({ cash: before.cash, equity: before.equity, fees: before.fees });
    expect(await second.records()).toEqual(records);

    const next = await second.press();
    expect(next.result?.reconciliation.startingEquity).toBe(before.equity);
    const third = await second.reopen();
    const all = await third.records();
    expect(all.slice(0, records.length)).toEqual(records);
    expect(opened(all)).toHaveLength(1);
    expect(JSON.parse(opened(all)[0]?.payload ?? '{}')).toMatchObject({ cash: '10000', asset: 'USDT' });
    await third.close();
  });

  it('is not touched by a cycle on an account of its own', async () => {
    const engine = await startTestEngine({ home: folder.path });
    await engine.press();
    const before = await engine.engine.handlers['portfolio.get']({});
    await engine.press({ cash: '500', seed: 4 });
    const after = await engine.engine.handlers['portfolio.get']({});
    expect([after.cash, after.equity]).toEqual([before.cash, before.equity]);
    await engine.close();
  });

  it('begins anew in one way alone: one call, one record, and a proof of who asks', () => {
    const names = Object.keys(appContract);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => /reset|clear|wipe|delete/i.test(name))).toEqual(['accounts.reset']);
    expect(PERMISSIONS['accounts.reset']).toMatchObject({ scope: 'admin', stepUp: 'always' });
    expect(RECORD_TYPES.filter((type) => type.startsWith('account.'))).toEqual(['account.opened', 'account.reset']);
  });
});
