import type { Logger } from '#core/ports/logger.ts';
import { type AppClient, appContract } from '#shared/contract/app-contract.ts';
import type { Scope } from '#shared/contract/define.ts';
import { FACE_SCOPE, type Face } from '#shared/contract/faces.ts';
import { createClient } from '#shared/transport/client.ts';
import { contractHash, SAME_OBJECT } from '#shared/transport/contract-hash.ts';
import { serveContract } from '#shared/transport/host.ts';
import type { Port } from '#shared/transport/port.ts';
import { createPortPair } from '#shared/transport/ports.ts';
import type { NamedToken, Program } from './access/caller.ts';
import type { Engine } from './create-engine.ts';
import { type EngineInfo, removeEngineFile, writeEngineFile } from './engine-file.ts';
import { createTokens, startSocketHost } from './socket-host.ts';
import { startWebServer } from './web-server.ts';

/** Answers the contract on a port, with the rights of the face that is at its other end. */
export function serveEngine(
  engine: Engine,
  port: Port,
  { face, token }: Program,
  logger: Logger,
  fingerprint?: string,
): () => void {
  // A client in this very process is no coming and going that anybody would want to read of.
  const connection = engine.connect(face, fingerprint !== SAME_OBJECT, token);
  const undoClose = port.onClose(() => connection.end());
  const undo = serveContract({
    contract: appContract,
    handlers: connection.handlers,
    events: token === undefined ? engine.events : whileItStands(engine.events, token, port),
    port,
    scope: FACE_SCOPE[face],
    logger,
    ...(fingerprint === undefined ? {} : { fingerprint }),
  });
  return () => {
    undoClose();
    undo();
    connection.end();
  };
}

/** A client in the engine's own process, through the same validation as any other. */
export function clientInProcess(engine: Engine, logger: Logger, face: Face = 'terminal'): AppClient {
  const pair = createPortPair();
  serveEngine(engine, pair.host, { face }, logger, SAME_OBJECT);
  return createClient(appContract, pair.client, { fingerprint: SAME_OBJECT });
}

/** The events of one program: the first one after its token was revoked, or has expired, is the end of its connection instead. */
const whileItStands = (events: Engine['events'], token: NamedToken, port: Port): Engine['events'] => ({
  subscribe: (name, emit) =>
    events.subscribe(name, (payload) => {
      if (token.stands()) emit(payload);
      else port.close();
    }),
});

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
    programOf: (token: string) => engine.programOf(token),
    serve: (pipe: Port, _scope: Scope, program: Program) => serveEngine(engine, pipe, program, logger),
    ...(port === undefined ? {} : { port }),
  };
  const web = pageDirectory === undefined ? undefined : await startWebServer({ ...shared, directory: pageDirectory });
  const server = web ?? (await startSocketHost(shared));
  const info: EngineInfo = {
    pid: process.pid,
    port: server.port,
    viewToken: tokens.view,
    tradeToken: tokens.trade,
    terminalToken: tokens.terminal,
    contractHash: contractHash(appContract),
    startedAt: Date.now(),
  };
  writeEngineFile(home, info);
  return {
    url: web?.urlWith(tokens.page),
    async close() {
      removeEngineFile(home, info);
      await server.close();
    },
  };
}
