import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import { writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, type RunningMt, runMt, startMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-measurements');
const home = join(folder.path, 'home');
const START = Date.UTC(2023, 2, 11);
const rows = Array.from({ length: 120 }, (_, i) => `${START + i * 60_000},20000,20000,20000,20000,2`);
const mt = (...words: readonly string[]) => runMt(['lab', ...words], { home });

/** What a window or another terminal began is known to whoever asks the same engine. */
describe('mt lab measurements', () => {
  let engine: RunningMt | undefined;
  beforeAll(async () => {
    await installedTerminal();
    for (const name of ['a.csv', 'b.csv']) writeCsv(join(folder.path, name), rows);
    engine = await startMt(['up', '--web'], { home });
    await engine.said(/#token=[0-9a-f]{64}\n/);
  });
  afterAll(async () => {
    engine?.child.kill('SIGTERM');
    await engine?.finished;
    folder.remove();
  });

  it('lists what the running engine measured, and says that one which has ended cannot be stopped', async () => {
    expect((await mt('measurements', '--plain')).stdout).toContain('Nothing was measured since the engine started.');
    const data = ['a', 'b'].flatMap((name) => ['--data', `${name}:BTC/USD=${join(folder.path, `${name}.csv`)}`]);
    expect((await mt('arbitrage', ...data, '--json')).code).toBe(0);
    const { stdout } = await mt('measurements', '--json');
    const { measurements } = oneJsonLine(stdout) as { readonly measurements: readonly MeasurementSummary[] };
    expect(measurements).toMatchObject([{ kind: 'arbitrage', state: 'completed', cause: null }]);
    const id = measurements[0]?.id ?? '';
    expect((await mt('measurements', '--plain')).stdout).toMatch(new RegExp(`${id} +arbitrage +completed`));
    expect(oneJsonLine((await mt('measurements', 'stop', id, '--yes', '--json')).stdout)).toEqual({ stopped: false });
  });

  it('refuses what is no id, and an id that nothing has', async () => {
    const none = await mt('measurements', 'stop', 'M-000000000000', '--yes');
    expect(none.code).not.toBe(0);
    expect(none.stderr).toContain('M-000000000000');
    const wrong = await mt('measurements', 'stop', 'S-000000000000', '--yes');
    expect(wrong.stderr).toContain('M-1a2b3c4d5e6f');
  });
});
