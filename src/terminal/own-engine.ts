import type { RingLogger } from '#adapters/logger/ring-logger.ts';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { createEngine, type Engine } from '#host/create-engine.ts';
import { KEYCHAIN_SERVICE } from '#host/engine-config.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import { clientInProcess } from '#host/open-door.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';

/** Where the parts of an installed program lie. */
export type EnginePlace = {
  readonly resources: string;
  readonly page: string;
  readonly worker: string;
  readonly labWorker: string;
  /** Process of the console that a window shows. */
  readonly windowTerminal: string;
  readonly version: string;
  /** GGUF file of the default model, when one is set. */
  readonly modelPath: string | undefined;
};

export type OwnEngineOptions = {
  readonly home: string;
  readonly place: EnginePlace;
  readonly logger: RingLogger;
  /** `stepped` runs a cycle through in moments; `realtime` is a market that goes on by itself. */
  readonly pace: 'stepped' | 'realtime';
};

/** The same engine as behind the window, in this process. */
export async function openOwnEngine({
  home,
  place,
  logger,
  pace,
}: OwnEngineOptions): Promise<{ readonly engine: Engine; readonly client: AppClient }> {
  const engine = await createEngine({
    home,
    resources: place.resources,
    version: place.version,
    pace,
    modelPath: place.modelPath,
    forkWorker: (workerLogger) => forkNodeWorker(place.worker, workerLogger),
    labWorker: place.labWorker,
    forkTerminal: () => forkNodeWorker(place.windowTerminal, logger),
    secrets: createKeytarStore(KEYCHAIN_SERVICE),
    logger,
    recentLog: () => logger.recent(),
  });
  return { engine, client: clientInProcess(engine, logger) };
}
