import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CycleView, cycleView } from '#shared/contract/cycle.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-same-run');
const market = risingMarket();
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  writeCsv(at('one.csv'), market.rows);
  writeCsv(at('copy-of-one.csv.gz'), market.rows);
  await installedTerminal();
});
afterAll(() => folder.remove());

async function spawn(home: string, csv: string, ...more: readonly string[]): Promise<CycleView> {
  const args = [
    'spawn',
    'BTC/USDT',
    '--data',
    csv,
    '--interval',
    '1h',
    '--at',
    String(market.decision),
    ...more,
    '--json',
  ];
  const { stdout } = await runMt(args, { home: at(home), cwd: folder.path });
  return cycleView.parse(oneJsonLine(stdout));
}

describe('the same run again', () => {
  it('gives the same journal head in the same folder, in a fresh one, and from a compressed copy under another name', async () => {
    const first = await spawn('home-a', 'one.csv', '--seed', '11');
    const again = await spawn('home-a', 'one.csv', '--seed', '11');
    const fresh = await spawn('home-b', 'one.csv', '--seed', '11');
    const copy = await spawn('home-c', at('copy-of-one.csv.gz'), '--seed', '11');
    expect(first.journalHead).toMatch(/^[0-9a-f]{64}$/);
    expect(first.result?.outcome).toBe('traded');
    expect([again, fresh, copy].map((view) => view.journalHead)).toEqual(Array(3).fill(first.journalHead));
    expect([again, fresh, copy].map((view) => view.runId)).toEqual(Array(3).fill(first.runId));

    const other = await spawn('home-b', 'one.csv', '--seed', '12');
    expect(other.journalHead).not.toBe(first.journalHead);
    const cheaper = await spawn('home-b', 'one.csv', '--seed', '11', '--fee-bps', '0');
    expect(cheaper.fees).toMatch(/^0(\.0+)?$/);
    expect(cheaper.journalHead).not.toBe(first.journalHead);
  });

  it('decides the same when the file goes on after the moment', async () => {
    writeCsv(at('cut.csv'), market.rows.slice(0, -30));
    const whole = await spawn('home-d', 'one.csv');
    const cut = await spawn('home-e', 'cut.csv');
    expect(cut.assessment).toEqual(whole.assessment);
    expect(cut.agentSpec).toEqual(whole.agentSpec);
    expect(cut.orders[0]).toEqual(whole.orders[0]);
  });
});
