import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { Fault } from '#core/kernel/fault.ts';
import { readEngineFile, readLiveEngine } from '#host/engine-file.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { Context, Run } from '../context.ts';
import { EXIT } from '../failure.ts';
import { isShut, unlockByAsking } from '../secrets/credentials.ts';
import { span } from '../text/line.ts';

const LOOPBACK = '127.0.0.1';

/** Runs the engine until it is interrupted. Standard output tells where it listens, and with `--web` the page's address, no more. */
export const runUp: Run<ArgsOf<'up'>> = async ({ web, port }, context) => {
  const { home, place, verbose, output } = context;
  const logger = createRingLogger({ verbose });
  const running = await readLiveEngine(home);
  if (running !== undefined) {
    throw new Fault(
      'engine_running',
      `an engine (process ${running.pid}) runs on ${home} already`,
      'use it (mt status), stop it, or choose another folder with --home',
    );
  }
  const stopped = interrupted(context);
  const [{ openOwnEngine }, { openDoor }] = await Promise.all([
    import('../own-engine.ts'),
    import('#host/open-door.ts'),
  ]);
  const { engine, client } = await whileAlive(() => openOwnEngine({ home, place, logger, pace: 'realtime' }));
  try {
    await offerToUnlock(client, context);
  } catch (error) {
    await engine.close();
    throw error;
  }
  client.close();
  try {
    const door = await openDoor({
      engine,
      home,
      logger,
      ...(web ? { pageDirectory: place.page } : {}),
      ...(port === undefined ? {} : { port }),
    }).catch((error: unknown) => {
      throw portFault(error, port);
    });
    const listening = `${LOOPBACK}:${readEngineFile(home)?.port ?? port ?? 0}`;
    const url = door.url ?? null;
    output.lines([
      [span(`Master Trader listens on ${listening}, data folder ${home}. Ctrl+C stops it.`)],
      ...(url === null ? [] : [[span(url)]]),
    ]);
    output.answer({ listening, home, pid: process.pid, url });
    await stopped;
    await door.close();
  } finally {
    await engine.close();
  }
  return EXIT.ok;
};

/**
 * What the engine waits for keeps no process alive, and nobody listens yet: after a crash it first closes what was held, at the next open, and
 * the program would end in the middle of it.
 */
async function whileAlive<T>(work: () => Promise<T>): Promise<T> {
  const alive = setInterval(() => undefined, 60_000);
  try {
    return await work();
  } finally {
    clearInterval(alive);
  }
}

/** An engine that starts sealed asks where somebody can answer; elsewhere it waits, and says for what. */
async function offerToUnlock(client: AppClient, { prompt, output }: Context): Promise<void> {
  const status = await client.invoke('vault.status', {});
  if (!isShut(status)) return;
  if (prompt.interactive) await unlockByAsking(client, prompt, status);
  else output.note('The vault is sealed: nothing runs before it is unlocked (mt vault unlock, or the window).');
}

const interrupted = ({ onInterrupt }: Context): Promise<void> =>
  new Promise((resolve) => {
    onInterrupt(resolve);
  });

function portFault(error: unknown, port: number | undefined): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Fault(
      'usage',
      `--port ${port}: another program listens there`,
      'choose another port, or leave --port out',
    );
  }
  if (code === 'EACCES') {
    return new Fault(
      'usage',
      `--port ${port}: this user may not listen there`,
      'choose a port above 1023, or leave --port out',
    );
  }
  return error;
}
