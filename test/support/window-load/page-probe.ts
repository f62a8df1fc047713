import type { Page } from 'playwright';

/** What the page itself saw, in milliseconds of its own clock. */
export type PageSeen = {
  /** Tasks over 50 ms, as the browser counts them. */
  readonly longTasks: readonly number[];
  /** From an input to the moment at which its handlers began, for inputs that the browser reported. */
  readonly inputDelays: readonly number[];
  /** From an input to the next painted frame, in the browser's steps of 8 ms. */
  readonly inputToPaint: readonly number[];
  /** One-minute candles that came over the bridge, for each instrument. */
  readonly updates: Readonly<Record<string, number>>;
  readonly elapsedMs: number;
};

type Frame = {
  readonly t?: string;
  readonly payload?: { readonly instrument?: string; readonly interval?: string; readonly openTime?: number };
};
type Probe = {
  began: number;
  longTasks: number[];
  inputDelays: number[];
  inputToPaint: number[];
  updates: Record<string, number>;
  /** The measurement that waits for its input. */
  waiting: Promise<number>;
  /** The time stamp of that input. */
  pressedAt: number;
};
type ProbedWindow = Window &
  typeof globalThis & {
    probe: Probe;
    mt: { onFrame(listener: (frame: Frame) => void): void };
  };

/** Begins to watch: long tasks, inputs, and what the bridge brings. Reads only; the product does not know of it. */
export const watchPage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const here = window as unknown as ProbedWindow;
    const probe: Probe = {
      began: performance.now(),
      longTasks: [],
      inputDelays: [],
      inputToPaint: [],
      updates: {},
      waiting: Promise.resolve(0),
      pressedAt: 0,
    };
    here.probe = probe;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) probe.longTasks.push(entry.duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (!['pointerdown', 'click', 'keydown'].includes(entry.name)) continue;
        probe.inputDelays.push(entry.processingStart - entry.startTime);
        probe.inputToPaint.push(entry.duration);
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    here.mt.onFrame(({ t, payload }) => {
      if (t !== 'evt' || payload?.interval !== '1m' || payload.instrument === undefined) return;
      probe.updates[payload.instrument] = (probe.updates[payload.instrument] ?? 0) + 1;
    });
  });

/** Forgets what was seen so far, so that starting up is not in it. */
export const restartWatch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { probe } = window as unknown as ProbedWindow;
    Object.assign(probe, { began: performance.now(), longTasks: [], inputDelays: [], inputToPaint: [] });
    for (const key of Object.keys(probe.updates)) delete probe.updates[key];
  });

export const readWatch = (page: Page): Promise<PageSeen> =>
  page.evaluate(() => {
    const { probe } = window as unknown as ProbedWindow;
    const { longTasks, inputDelays, inputToPaint, updates } = probe;
    return { longTasks, inputDelays, inputToPaint, updates, elapsedMs: performance.now() - probe.began };
  });

/**
 * Measures from the page's next input of that kind to the frame after which `found` is on the screen: the input's own time stamp, so that a busy
 * page counts as waiting. `found` is a selector; for a screen it must be another element than the one that is there now.
 */
async function untilPainted(
  page: Page,
  kind: 'click' | 'keydown',
  found: string,
  act: () => Promise<void>,
): Promise<number> {
  await page.evaluate(
    ([input, selector]) => {
      const { probe } = window as unknown as ProbedWindow;
      const before = document.querySelector(selector);
      probe.waiting = new Promise<number>((resolve, reject) => {
        const heard = (event: Event): void => {
          probe.pressedAt = event.timeStamp;
          const look = (): void => {
            const now = document.querySelector(selector);
            const waited = performance.now() - event.timeStamp;
            if (now === null || now === before) {
              if (waited > 20_000) reject(new Error(`no new ${selector} after ${waited} ms`));
              else requestAnimationFrame(look);
              return;
            }
            // What this frame paints is there when the next task runs.
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(performance.now() - event.timeStamp), { once: true });
            port1.start();
            port2.postMessage(0);
          };
          requestAnimationFrame(look);
        };
        addEventListener(input, heard, { capture: true, once: true });
      });
    },
    [kind, found] as const,
  );
  await act();
  return page.evaluate(() => (window as unknown as ProbedWindow).probe.waiting);
}

/** After a change of screen: from its click until no part of the screen is still to be drawn, in milliseconds. */
export const untilWhole = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { probe } = window as unknown as ProbedWindow;
        const look = (): void => {
          if (document.querySelector('main [data-coming]') === null) resolve(performance.now() - probe.pressedAt);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** A click on the rail, to the frame in which the heading of the new screen is painted. */
export function changeRoute(page: Page, path: string): Promise<number> {
  return untilPainted(page, 'click', 'main h1', async () => {
    const box = await page.locator(`#rail a[href="#${path}"]`).boundingBox();
    if (box === null) throw new Error(`the rail has no ${path}`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  });
}

/** Ctrl K, to the frame in which the palette's field is painted. */
export async function openPalette(page: Page): Promise<number> {
  const ms = await untilPainted(page, 'keydown', '[role=dialog] [role=combobox]', () =>
    page.keyboard.press('Control+k'),
  );
  await page.keyboard.press('Escape');
  await page.locator('[role=dialog] [role=combobox]').waitFor({ state: 'detached' });
  return ms;
}

/** The times between painted frames over a stretch. */
export const frameTimes = (page: Page, ms: number): Promise<readonly number[]> =>
  page.evaluate(
    (length) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const began = performance.now();
        let last = began;
        const tick = (now: number): void => {
          times.push(now - last);
          last = now;
          if (now - began < length) requestAnimationFrame(tick);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(tick);
      }),
    ms,
  );

/** A planted bug: the page works for so long without a pause at its next input of that kind. */
export const plantBlocking = (page: Page, ms: number, kind: 'click' | 'pointerdown'): Promise<void> =>
  page.evaluate(
    ([length, input]) => {
      const block = (): void => {
        const until = performance.now() + length;
        while (performance.now() < until);
      };
      addEventListener(input, block, { capture: true, once: true });
    },
    [ms, kind] as const,
  );

/** A planted bug: so many bytes of every message of the engine are kept for good. */
export const plantLeak = (page: Page, bytes: number): Promise<void> =>
  page.evaluate((size) => {
    const kept: number[][] = [];
    const numbers = size / 8;
    (window as unknown as ProbedWindow).mt.onFrame(() => {
      kept.push(Array.from({ length: numbers }, () => performance.now()));
    });
  }, bytes);
