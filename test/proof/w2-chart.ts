import { loadavg } from 'node:os';
import type { Page } from 'playwright';
import { findElectron } from '../support/runtimes.ts';
import { type BusyWindow, openBusyWindow } from '../support/window-load/busy-window.ts';
import { changeRoute, frameTimes, plantBlocking } from '../support/window-load/page-probe.ts';
import { watchWork } from '../support/window-load/page-work.ts';
import { quantile } from './quantile.ts';
import type { Proof, ProofRow } from './types.ts';

const CANDLES = 100_000;
/** All but the first hours of the month that lies behind the running market; it has no more. */
const RUNNING_CANDLES = 44_000;
/** Seconds of dragging and turning the wheel for each figure. */
const MOVING_MS = { ci: 8_000, nightly: 60_000 } as const;
const P95_MS = 17.5;
const P99_MS = 34;
/** Most processor time of a frame on many candles over that on few. */
const MOST_TIMES = 2;
const BLOCKING_MS = 500;
/** 104 days of minutes lie before it. */
const AT = Date.UTC(2026, 3, 15);
const MINUTE = 60_000;

const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** Frames of a stretch, and the processor time of the page for each. */
type Moved = { readonly frames: readonly number[]; readonly workPerFrame: number; readonly longest: number };

/** Drags the chart toward the past and back and turns the wheel, as long as frames are counted. */
async function moveAbout(window: BusyWindow, length: number): Promise<Moved> {
  const { page } = window.running;
  const work = await watchWork(window.running);
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('the chart is not on screen');
  const [left, right, y] = [box.x + 60, box.x + box.width - 160, box.y + box.height / 3];
  const before = await work();
  const counted = frameTimes(page, length);
  const until = performance.now() + length;
  const drag = async (from: number, to: number): Promise<void> => {
    await page.mouse.move(from, y);
    await page.mouse.down();
    for (let step = 1; step <= 12; step += 1) await page.mouse.move(from + ((to - from) * step) / 12, y);
    await page.mouse.up();
  };
  const wheel = async (turn: number): Promise<void> => {
    for (let step = 0; step < 8; step += 1) await page.mouse.wheel(0, turn);
  };
  while (performance.now() < until) {
    await drag(left, right);
    await wheel(120);
    await drag(left, right);
    await drag(right, left);
    await wheel(-120);
  }
  const frames = await counted;
  return { frames, workPerFrame: ((await work()) - before) / frames.length, longest: Math.max(...frames) };
}

const spread = ({ frames, longest }: Moved): string =>
  `p50 ${ms(quantile(frames, 0.5))}, p95 ${ms(quantile(frames, 0.95))}, p99 ${ms(quantile(frames, 0.99))}, longest ${ms(longest)}`;

const opened = async (page: Page): Promise<number> => {
  const text = (await page.getByTestId('chart-readout').textContent()) ?? '';
  return Date.parse(`${text.split(',')[0]?.replace(' ', 'T')}:00Z`);
};

/** Walks to the oldest candle at hand until there are enough of them; the keys are the reader's own. Answers how many. */
async function fill(page: Page, wanted: number): Promise<number> {
  await page.getByRole('application').focus();
  await page.keyboard.press('End');
  const newest = await opened(page);
  const deadline = performance.now() + 60_000;
  for (;;) {
    await page.keyboard.press('Home');
    await page.waitForTimeout(50);
    const known = (newest - (await opened(page))) / MINUTE + 1;
    if (known >= wanted) return known;
    if (performance.now() > deadline) throw new Error(`after a minute the chart holds ${known} candles`);
  }
}

/** One-minute candles of the running market. */
async function showMinutes(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Interval', exact: true }).click();
  await page.getByRole('option', { name: '1m', exact: true }).click();
  await page.getByRole('heading', { name: / 1m$/ }).waitFor();
}

const frameRow = (what: string, moved: Moved, kind: 'clock' | 'figure'): ProofRow => ({
  what,
  goal: kind === 'figure' ? 'told' : `p95 at most ${P95_MS} ms, p99 at most ${P99_MS} ms`,
  measured: `${spread(moved)}; ${ms(moved.workPerFrame)} of processor time a frame`,
  n: moved.frames.length,
  kind,
  met: kind === 'figure' || (quantile(moved.frames, 0.95) <= P95_MS && quantile(moved.frames, 0.99) <= P99_MS),
});

/** A chart of a hundred thousand one-minute candles that is dragged and zoomed, beside the same on the five hundred it begins with. */
export const w2: Proof = {
  id: 'W2',
  title: 'a hundred thousand candles move smoothly',
  async run({ size, scratch }) {
    const electron = findElectron();
    if ('missing' in electron) return { kind: 'not run', why: electron.missing };
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const window = await openBusyWindow(electron.path, scratch);
    try {
      const { running, client } = window;
      const { page } = running;
      await client.invoke('preferences.set', { changes: { timeZone: 'UTC' } });
      const { cycle } = await client.invoke('cycle.start', {
        trigger: 'terminal',
        instrument: 'BTC/USDT',
        interval: '1m',
        market: { kind: 'generator' },
        seed: 42,
        at: AT,
      });
      await client.invoke('cycle.wait', { cycle });
      await changeRoute(page, '/market');
      const live = await moveAbout(window, MOVING_MS[size]);
      await showMinutes(page);
      const past = await fill(page, RUNNING_CANDLES);
      const liveMany = await moveAbout(window, MOVING_MS[size]);
      await page.getByRole('combobox', { name: 'Candles of' }).click();
      await page.getByRole('option', { name: new RegExp(`Run ${cycle}\\b`) }).click();
      await page
        .getByText(/simulated market, seed 42/)
        .first()
        .waitFor();
      const few = await moveAbout(window, MOVING_MS[size]);
      const known = await fill(page, CANDLES);
      const many = await moveAbout(window, MOVING_MS[size]);
      await plantBlocking(page, BLOCKING_MS, 'pointerdown');
      const blocked = await moveAbout(window, 2_000);
      const times = many.workPerFrame / few.workPerFrame;
      const rows: ProofRow[] = [
        frameRow(
          `between two frames while ${known.toLocaleString('en')} candles are dragged and zoomed`,
          many,
          'clock',
        ),
        frameRow('the same chart with the candles it begins with, same run', few, 'figure'),
        frameRow('the running market with ten candles a second, dragged into its past', live, 'figure'),
        frameRow(
          `the same once it holds ${past.toLocaleString('en')} candles, all that there are of it, and ten more come each second`,
          liveMany,
          'figure',
        ),
        {
          what: 'processor time of the page for a frame, many candles over few',
          goal: `at most ${MOST_TIMES}`,
          measured: times.toFixed(2),
          n: many.frames.length,
          kind: 'goal',
          met: times <= MOST_TIMES,
        },
        {
          what: `conditions: load before it began`,
          goal: 'told',
          measured: load,
          n: 1,
          kind: 'figure',
          met: true,
        },
        {
          what: `control: the page works for ${BLOCKING_MS} ms without a pause when the chart is touched`,
          goal: 'seen: a frame of nine tenths of that',
          measured: ms(blocked.longest),
          n: blocked.frames.length,
          kind: 'control',
          met: blocked.longest >= 0.9 * BLOCKING_MS,
        },
      ];
      return { kind: 'ran', rows };
    } finally {
      await window.close();
    }
  },
};
