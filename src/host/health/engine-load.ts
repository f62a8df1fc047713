import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cpuUsage, hrtime, memoryUsage } from 'node:process';

export type EngineLoad = {
  readonly loop: { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };
  readonly process: { readonly rssBytes: number; readonly heapUsedBytes: number; readonly cpuFraction: number };
};

export type LoadWatch = {
  /** Since the last time this was asked, or since the start. */
  read(): EngineLoad;
  stop(): void;
};

/** The timer's own period; what lies above it is delay. */
const RESOLUTION_MS = 20;
const NANOSECONDS_PER_MS = 1e6;
const NANOSECONDS_PER_MICROSECOND = 1e3;

const delayMs = (nanoseconds: number): number =>
  Number.isFinite(nanoseconds) ? Math.max(0, Math.round(nanoseconds / NANOSECONDS_PER_MS - RESOLUTION_MS)) : 0;

/** Watches how late the engine's thread is and what it uses. Costs a timer each 20 ms. */
export function watchLoad(): LoadWatch {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let [used, at] = [cpuUsage(), hrtime.bigint()];
  return {
    read() {
      const [now, spent] = [hrtime.bigint(), cpuUsage(used)];
      const passed = Number(now - at);
      [used, at] = [cpuUsage(), now];
      const loop = {
        p50Ms: delayMs(delays.percentile(50)),
        p99Ms: delayMs(delays.percentile(99)),
        maxMs: delays.count === 0 ? 0 : delayMs(delays.max),
      };
      delays.reset();
      const { rss, heapUsed } = memoryUsage();
      const cpu = (spent.user + spent.system) * NANOSECONDS_PER_MICROSECOND;
      return {
        loop,
        process: { rssBytes: rss, heapUsedBytes: heapUsed, cpuFraction: passed > 0 ? cpu / passed : 0 },
      };
    },
    stop: () => delays.disable(),
  };
}
