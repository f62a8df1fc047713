import type { Logger } from '#core/ports/logger.ts';
import { type AppClient, appContract } from '#shared/contract/app-contract.ts';
import type { Scope } from '#shared/contract/define.ts';
import { createClient } from '#shared/transport/client.ts';
import { contractHash, SAME_OBJECT } from '#shared/transport/contract-hash.ts';
import { serveContract } from '#shared/transport/host.ts';
import type { Port } from '#shared/transport/port.ts';
import { createPortPair } from '#shared/transport/ports.ts';
import type { Engine } from './create-engine.ts';
import { type EngineInfo, removeEngineFile, writeEngineFile } from './engine-file.ts';
import { createTokens, startSocketHost } from './socket-host.ts';
import { startWebServer } from './web-server.ts';

/** Answers the contract on a port. */
export const serveEngine = (
  engine: Engine,
  port: Port,
  scope: Scope,
  logger: Logger,
  fingerprint?: string,
): (() => void) =>
  serveContract({
    contract: appContract,
    handlers: engine.handlers,
    events: engine.events,
    port,
    scope,
    logger,
    ...(fingerprint === undefined ? {} : { fingerprint }),
  });

/** A client in the engine's own process, through the same validation as any other. */
export function clientInProcess(engine: Engine, logger: Logger): AppClient {
  const pair = createPortPair();
  serveEngine(engine, pair.host, 'trade', logger, SAME_OBJECT);
  return createClient(appContract, pair.client, { fingerprint: SAME_OBJECT });
}

export type Door = {
  /** Address of the page for a browser on this machine, when a page is served. */
  readonly url: string | undefined;
  readonly close: () => Promise<void>;
};

export type DoorOptions = {
  readonly engine: Engine;
  readonly home: string;
  readonly logger: Logger;
  /** Folder of the built page; undefined for the terminal's socket alone. */
  readonly pageDirectory?: string;
  readonly port?: number;
};

/** Opens the loopback socket and says in `run/engine.json` where it is, so that terminals on this data folder attach to it. */
export async function openDoor({ engine, home, logger, pageDirectory, port }: DoorOptions): Promise<Door> {
  const tokens = createTokens();
  const shared = {
    tokens,
    logger,
    serve: (pipe: Port, scope: Scope) => serveEngine(engine, pipe, scope, logger),
    ...(port === undefined ? {} : { port }),
  };
  const web = pageDirectory === undefined ? undefined : await startWebServer({ ...shared, directory: pageDirectory });
  const server = web ?? (await startSocketHost(shared));
  const info: EngineInfo = {
    pid: process.pid,
    port: server.port,
    viewToken: tokens.view,
    tradeToken: tokens.trade,
    contractHash: contractHash(appContract),
    startedAt: Date.now(),
  };
  writeEngineFile(home, info);
  return {
    url: web?.urlWith(tokens.trade),
    async close() {
      removeEngineFile(home, info);
      await server.close();
    },
  };
}
