import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { stopScreen } from '../e2e/support/app.ts';
import { findElectron } from '../support/runtimes.ts';
import { type ColdStart, coldStart, layOutEmptyProgram } from '../support/window-load/cold-start.ts';
import { quantile } from './quantile.ts';
import type { Proof, ProofRow } from './types.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STARTS = { ci: 5, nightly: 25 } as const;
/** Of an empty window of the same runtime. */
const MOST_TIMES = 1.8;
const DELAY_MS = 1_500;

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const median = (values: readonly number[]): number => quantile(values, 0.5);
const spread = (values: readonly number[]): string => `median ${ms(median(values))}, p95 ${ms(quantile(values, 0.95))}`;
const usable = (starts: readonly ColdStart[]): readonly number[] => starts.map(({ marks }) => marks.usable);

/** Where the time goes, step by step, as medians. */
function steps(starts: readonly ColdStart[]): string {
  const at = (mark: keyof ColdStart['marks']): string => ms(median(starts.map(({ marks }) => marks[mark])));
  return `main runs ${at('running')}, Electron ready ${at('ready')}, window ${at('window')}, page read ${at('page')}, usable ${at('usable')}`;
}

/** Memory by the kind of process, medians. */
function memory(starts: readonly ColdStart[]): string {
  const kinds = new Map([
    ['Browser', 'main with the engine'],
    ['Tab', 'page'],
    ['GPU', 'GPU'],
    ['Utility', 'utility'],
    ['Zygote', 'zygote'],
  ]);
  const parts = [...kinds].flatMap(([type, name]) => {
    const values = starts.flatMap(({ megabytes }) => megabytes[type] ?? []);
    return values.length === 0 ? [] : [`${name} ${median(values).toFixed(0)} MB`];
  });
  return parts.join(', ');
}

function terminalStart(home: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'resources/mt.cjs'), 'status', '--home', home], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`mt status ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

/** From the start of the process to a window in which something can be pressed, beside an empty window of the same runtime. */
export const w4: Proof = {
  id: 'W4',
  title: 'the window is there soon',
  async run({ size, scratch, say }) {
    const electron = findElectron();
    if ('missing' in electron) return { kind: 'not run', why: electron.missing };
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const empty = layOutEmptyProgram(join(scratch, 'empty'));
    const home = join(scratch, 'home');
    const start = (program: string, folder: string): Promise<ColdStart> => coldStart(electron.path, program, folder);
    try {
      // The first one makes the data folder and brings the files into the memory of the machine.
      const first = await start(ROOT, home);
      await start(empty, join(scratch, 'empty-home'));
      const [ours, peers]: [ColdStart[], ColdStart[]] = [[], []];
      for (let turn = 0; turn < STARTS[size]; turn++) {
        ours.push(await start(ROOT, home));
        peers.push(await start(empty, join(scratch, 'empty-home')));
      }
      say(steps(ours));
      const ratios = usable(ours).map((value, turn) => value / (peers[turn]?.marks.usable ?? Number.NaN));
      const terminal = Array.from({ length: STARTS[size] }, () => terminalStart(join(scratch, 'terminal')));
      const slow = await coldStart(electron.path, ROOT, home, { MT_LATE_MS: String(DELAY_MS) });
      const rows: ProofRow[] = [
        {
          what: 'start of the process to a window in which something can be pressed, over an empty window of the same runtime, median of pairs',
          goal: `at most ${MOST_TIMES}`,
          measured: `${median(ratios).toFixed(2)} (${spread(usable(ours))} over ${spread(usable(peers))})`,
          n: ratios.length,
          kind: 'clock',
          met: median(ratios) <= MOST_TIMES,
        },
        {
          what: `where it goes: ${steps(ours)}; the very first start on an empty data folder`,
          goal: 'told',
          measured: ms(first.marks.usable),
          n: ours.length,
          kind: 'figure',
          met: true,
        },
        {
          what: 'memory two seconds later (working set), medians',
          goal: 'told',
          measured: `${memory(ours)}; an empty window: ${memory(peers)}`,
          n: ours.length,
          kind: 'figure',
          met: true,
        },
        {
          what: 'mt status from cold, an engine of its own, process start to its answer',
          goal: 'told',
          measured: spread(terminal),
          n: terminal.length,
          kind: 'figure',
          met: true,
        },
        { what: 'conditions: load before it began', goal: 'told', measured: load, n: 1, kind: 'figure', met: true },
        {
          what: `control: the main process works for ${DELAY_MS} ms before the program begins`,
          goal: 'seen in the time until something can be pressed',
          measured: ms(slow.marks.usable),
          n: 1,
          kind: 'control',
          met: slow.marks.usable - slow.marks.running >= DELAY_MS,
        },
      ];
      return { kind: 'ran', rows };
    } finally {
      stopScreen();
    }
  },
};
