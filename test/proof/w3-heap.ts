import { loadavg } from 'node:os';
import type { CDPSession } from 'playwright';
import { askMain } from '../e2e/support/app.ts';
import { findElectron } from '../support/runtimes.ts';
import { builtScreens } from '../support/window-load/busy-program.ts';
import { type BusyWindow, openBusyWindow } from '../support/window-load/busy-window.ts';
import { changeRoute, openPalette, plantLeak, readWatch, restartWatch } from '../support/window-load/page-probe.ts';
import type { Proof, ProofRow } from './types.ts';

/** What a stretch of use holds: one-minute candles that come over the bridge, changes of screen, openings of the palette. */
type Share = { readonly updates: number; readonly screens: number; readonly palettes: number };
type Use = Share & { readonly seconds: number };

/**
 * An hour of the window, played faster: as many candles as the three instruments close in an hour at the usual pace, a change of screen every ten
 * seconds; in the longer size as many candles as twenty instruments of ten a second, which then takes an hour.
 */
const HOUR: Readonly<Record<'ci' | 'nightly', Share>> = {
  ci: { updates: 3 * 3_600, screens: 360, palettes: 30 },
  nightly: { updates: 20 * 10 * 3_600, screens: 3_600, palettes: 300 },
};
/** The same before the first reading: each screen has been seen ten times, by when its code is compiled and caches are full. */
const WARM_UP: Share = { updates: 4_000, screens: 140, palettes: 10 };
const LEAKING: Share = { updates: 3_000, screens: 15, palettes: 1 };
/** About twelve agents in the hour. */
const BETWEEN_AGENTS_MS = { ci: 5_000, nightly: 300_000 } as const;
const LEAK_BYTES = 4_096;
const MOST_GROWTH = 0.1;
const MB = 1024 * 1024;

type Heap = { readonly page: number; readonly main: number; readonly nodes: number; readonly listeners: number };
type Collecting = typeof globalThis & { gc?: () => void };

/** What is kept after full collections, in MB, and what the page holds of elements and listeners. Always read on the same screen. */
async function readHeap({ running }: BusyWindow, session: CDPSession): Promise<Heap> {
  await changeRoute(running.page, '/health');
  await changeRoute(running.page, '/settings');
  await running.page.waitForTimeout(500);
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const main = await askMain(running.app, () => {
    const collect = (globalThis as Collecting).gc;
    if (collect === undefined) throw new Error('start it with --js-flags=--expose-gc');
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  });
  return { page: usedSize / MB, main: main / MB, nodes, listeners: jsEventListeners };
}

const heard = async ({ running }: BusyWindow): Promise<number> =>
  Object.values((await readWatch(running.page)).updates).reduce((sum, count) => sum + count, 0);

/** Walks the screens and opens the palette in step with the candles that come, until all of it has been done. */
async function use(window: BusyWindow, wanted: Share): Promise<Use> {
  const { page } = window.running;
  const paths = builtScreens();
  await restartWatch(page);
  const began = performance.now();
  let screens = 0;
  let palettes = 0;
  let at = '';
  for (;;) {
    const updates = await heard(window);
    if (updates >= wanted.updates && screens >= wanted.screens && palettes >= wanted.palettes)
      return { updates, screens, palettes, seconds: (performance.now() - began) / 1000 };
    const done = Math.min(1, updates / wanted.updates);
    const stuck = at === '/terminal' && palettes < wanted.palettes;
    if (stuck || (screens < wanted.screens && screens <= done * wanted.screens)) {
      at = paths[screens % paths.length] ?? '/';
      await changeRoute(page, at);
      screens += 1;
      // In the terminal the key is the terminal's own.
    } else if (at !== '/terminal' && palettes < wanted.palettes && palettes <= done * wanted.palettes) {
      await openPalette(page);
      palettes += 1;
    } else await page.waitForTimeout(50);
  }
}

const grown = (before: number, after: number): number => after / before - 1;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const mb = (value: number): string => `${value.toFixed(1)} MB`;

function growthRow(what: string, before: number, after: number, n: number): ProofRow {
  return {
    what,
    goal: `under ${percent(MOST_GROWTH)}`,
    measured: `${percent(grown(before, after))}, from ${mb(before)} to ${mb(after)}`,
    n,
    kind: 'goal',
    met: grown(before, after) < MOST_GROWTH,
  };
}

/** An hour of use in minutes: what page and engine keep after a full collection, before it and after it. */
export const w3: Proof = {
  id: 'W3',
  title: 'the window keeps nothing of an hour',
  async run({ size, scratch }) {
    const electron = findElectron();
    if ('missing' in electron) return { kind: 'not run', why: electron.missing };
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const window = await openBusyWindow(electron.path, scratch);
    try {
      const session = await window.running.app.context().newCDPSession(window.running.page);
      window.keepTrading(BETWEEN_AGENTS_MS[size]);
      await use(window, WARM_UP);
      const before = await readHeap(window, session);
      const cyclesBefore = window.cycles();
      const done = await use(window, HOUR[size]);
      const cycles = window.cycles() - cyclesBefore;
      const after = await readHeap(window, session);
      await plantLeak(window.running.page, LEAK_BYTES);
      const leaking = await use(window, LEAKING);
      const leaked = await readHeap(window, session);
      const rows: ProofRow[] = [
        growthRow(
          `heap of the page after ${done.updates} candles, ${done.screens} changes of screen, ${done.palettes} openings of the palette and ${cycles} agents in ${done.seconds.toFixed(0)} s`,
          before.page,
          after.page,
          done.updates,
        ),
        growthRow('heap of the main process with the engine, the same', before.main, after.main, done.updates),
        {
          what: 'elements and listeners of the page, before and after',
          goal: 'told',
          measured: `${before.nodes} and ${after.nodes}; ${before.listeners} and ${after.listeners}; load ${load} before it began`,
          n: done.screens,
          kind: 'figure',
          met: true,
        },
        {
          what: `control: ${LEAK_BYTES} bytes of every message kept for good, over ${leaking.updates} candles`,
          goal: `seen: over ${percent(MOST_GROWTH)}`,
          measured: percent(grown(after.page, leaked.page)),
          n: leaking.updates,
          kind: 'control',
          met: grown(after.page, leaked.page) > MOST_GROWTH,
        },
      ];
      return { kind: 'ran', rows };
    } finally {
      await window.close();
    }
  },
};
