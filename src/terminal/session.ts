import { createRingLogger, type RingLogger } from '#adapters/logger/ring-logger.ts';
import { Fault } from '#core/kernel/fault.ts';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { EnginePlace, openOwnEngine } from './own-engine.ts';

/** A way to an engine: the one that runs on the data folder, or one of our own for as long as the command lasts. */
export type Session = {
  readonly client: AppClient;
  readonly attached: boolean;
  readonly logger: RingLogger;
  readonly close: () => Promise<void>;
};

export type SessionOptions = {
  readonly home: string;
  readonly place: EnginePlace;
  readonly verbose: boolean;
  /** `trade` for commands that change something. */
  readonly scope: 'view' | 'trade';
  /** Of an engine of our own: stepped through for one answer, or going on by itself, with a door for other terminals. */
  readonly pace?: 'stepped' | 'realtime';
};

/** The running engine's client; undefined when none runs. Throws a Fault when one runs that cannot be talked to. */
async function attach(home: string, scope: 'view' | 'trade', logger: RingLogger): Promise<AppClient | undefined> {
  try {
    return await connectToEngine(home, scope, {
      onProblem: (problem) => logger.error('the engine sent something unexpected', problem),
    });
  } catch (error) {
    if (error instanceof Fault && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** Attaches to the engine of the folder, else opens one. Throws a Fault that says what to do. */
export async function openSession({ home, place, verbose, scope, pace = 'stepped' }: SessionOptions): Promise<Session> {
  const logger = createRingLogger({ verbose });
  const client = await attach(home, scope, logger);
  if (client !== undefined) {
    return { client, attached: true, logger, close: () => Promise.resolve(client.close()) };
  }
  // Loaded only now: a command that attaches needs neither the database nor the engine.
  const { openOwnEngine: openEngine } = await import('./own-engine.ts');
  const own = await openEngine({ home, place, logger, pace });
  const door = pace === 'realtime' ? await openDoor(own, home, logger) : undefined;
  return {
    client: own.client,
    attached: false,
    logger,
    close: async () => {
      own.client.close();
      await door?.close();
      await own.engine.close();
    },
  };
}

async function openDoor({ engine }: Awaited<ReturnType<typeof openOwnEngine>>, home: string, logger: RingLogger) {
  const { openDoor: open } = await import('#host/open-door.ts');
  try {
    return await open({ engine, home, logger });
  } catch (error) {
    await engine.close();
    throw error;
  }
}
