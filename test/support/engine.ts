import { resolve } from 'node:path';
import type { BootClock } from '#adapters/clock-system/boot-clock.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import type { BiometricProvider } from '#host/access/biometric-provider.ts';
import { createEngine, type Engine } from '#host/create-engine.ts';
import type { EngineConfig } from '#host/engine-config.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import type { LivePrices } from '#host/live-prices.ts';
import type { WorkerLike } from '#host/worker-like.ts';
import type { AuditRecord } from '#shared/contract/audit.ts';
import { type CycleRequest, type CycleView, cycleRequest } from '#shared/contract/cycle.ts';
import { createMemorySecretStore, type MemorySecretStore } from './memory-secret-store.ts';
import { tempFolder } from './temp-folder.ts';
import { CHEAP, testBootClock } from './vault.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export type TestEngine = {
  readonly engine: Engine;
  readonly home: string;
  readonly secrets: MemorySecretStore;
  /** Presses the button and waits until the cycle has ended. */
  press(request?: Partial<CycleRequest>): Promise<CycleView>;
  /** All records, oldest first. */
  records(): Promise<readonly AuditRecord[]>;
  /** Closes the engine and opens another one on the same folder. */
  reopen(): Promise<TestEngine>;
  close(): Promise<void>;
};

/** The real engine on a folder of its own, stepping through its market as fast as it can. */
export async function startTestEngine(
  options: {
    readonly home?: string;
    readonly secrets?: MemorySecretStore;
    readonly model?: string;
    /** Plays the model's process; the real one when left out. */
    readonly forkWorker?: () => WorkerLike;
    readonly bootClock?: BootClock;
    readonly biometrics?: BiometricProvider;
    readonly prices?: LivePrices;
    /** A market that goes on by itself instead of one that is stepped through. */
    readonly pace?: 'realtime';
    /** Instruments, prompts and icons of its own. */
    readonly resources?: string;
    /** Told of every alert. */
    readonly onAlert?: NonNullable<EngineConfig['onAlert']>;
    /** Recorded candles in place of the simulated market. */
    readonly market?: NonNullable<EngineConfig['market']>;
  } = {},
): Promise<TestEngine> {
  const own = options.home === undefined ? tempFolder('mt-engine') : undefined;
  const home = options.home ?? own?.path ?? '';
  const secrets = options.secrets ?? createMemorySecretStore();
  const engine = await createEngine({
    home,
    resources: options.resources ?? resolve(ROOT, 'resources'),
    version: '0.0.0-test',
    pace: options.pace ?? 'stepped',
    modelPath: options.model,
    forkWorker: (logger) =>
      options.forkWorker?.() ?? forkNodeWorker(resolve(ROOT, 'src/adapters/inference-llama/worker.ts'), logger),
    labWorker: resolve(ROOT, 'src/host/lab/worker.ts'),
    secrets,
    logger: createRingLogger({ verbose: false }),
    ...(options.biometrics === undefined ? {} : { biometrics: options.biometrics }),
    ...(options.prices === undefined ? {} : { prices: options.prices }),
    ...(options.market === undefined ? {} : { market: options.market }),
    ...(options.onAlert === undefined ? {} : { onAlert: options.onAlert }),
    vault: { cost: CHEAP, bootClock: options.bootClock ?? testBootClock() },
  });
  return {
    engine,
    home,
    secrets,
    async press(request = {}) {
      const { cycle } = await engine.handlers['cycle.start'](cycleRequest.parse({ trigger: 'terminal', ...request }));
      return engine.handlers['cycle.wait']({ cycle });
    },
    async records() {
      const all: AuditRecord[] = [];
      for (let beforeSeq: number | undefined; ; ) {
        const page: readonly AuditRecord[] = await engine.handlers['audit.list']({
          limit: 500,
          ...(beforeSeq === undefined ? {} : { beforeSeq }),
        });
        all.push(...page);
        const last = page.at(-1);
        if (last === undefined || last.seq === 1) return all.toReversed();
        beforeSeq = last.seq;
      }
    },
    async reopen() {
      await engine.close();
      return startTestEngine({ ...options, home, secrets });
    },
    async close() {
      await engine.close();
      own?.remove();
    },
  };
}
