import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Logger } from '#core/ports/logger.ts';
import type { Scope } from '#shared/contract/define.ts';
import { FACE_SCOPE, type Face } from '#shared/contract/faces.ts';
import { decodeFrame, encodeFrame } from '#shared/transport/codec.ts';
import type { Port } from '#shared/transport/port.ts';
import { createListeners } from '#shared/transport/ports.ts';
import { CLOSE_UNAUTHENTICATED, WRONG_TOKEN } from '#shared/transport/socket-port.ts';
import { REQUEST_CAP } from '#shared/transport/wire-size.ts';
import type { Program } from './access/caller.ts';
import { createHttpCalls } from './http-calls.ts';
import {
  createFailureGate,
  createRateLimit,
  isAllowedOrigin,
  isLoopbackHost,
  LOOPBACK,
  sameSecret,
} from './loopback-guard.ts';

/** The one path a WebSocket may open. */
export const CONTRACT_PATH = '/contract';

/**
 * Keys to one door, each 32 random bytes in hex: `view` can look and `trade` can also act, for programs of the master's own; `terminal` and
 * `page` belong to the faces that a person sits at, who alone may prove who asks.
 */
export type EngineTokens = { readonly [Key in TokenName]: string };
type TokenName = 'view' | 'trade' | 'terminal' | 'page';
const TOKEN_FACES: Readonly<Record<TokenName, Face>> = {
  view: 'view_token',
  trade: 'trade_token',
  terminal: 'terminal',
  page: 'page',
};
export const createTokens = (): EngineTokens => ({
  view: randomBytes(32).toString('hex'),
  trade: randomBytes(32).toString('hex'),
  terminal: randomBytes(32).toString('hex'),
  page: randomBytes(32).toString('hex'),
});

export type SocketLimits = {
  /** How long a new connection may stay silent before its token must have come. */
  readonly authMs: number;
  readonly maxFailures: number;
  readonly penaltyMs: number;
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  readonly heartbeatMs: number;
  readonly maxConnections: number;
};

/**
 * The penalty is short on purpose: everything on loopback shares one address, so whoever guesses tokens also keeps the master's own
 * terminal out meanwhile. Against guessing, 256 random bits need no penalty at all; it keeps the log and the processor quiet.
 */
export const SOCKET_LIMITS: SocketLimits = {
  authMs: 2_000,
  maxFailures: 5,
  penaltyMs: 10_000,
  messagesPerSecond: 200,
  messageBurst: 400,
  heartbeatMs: 15_000,
  maxConnections: 32,
};

export type SocketOptions = {
  /** Answers one authenticated connection; returns the undo. */
  readonly serve: (port: Port, scope: Scope, program: Program) => () => void;
  readonly tokens: EngineTokens;
  /** Whose token it is, of those that the master made for programs; nobody's when absent. */
  readonly programOf?: (token: string) => Program | undefined;
  readonly logger?: Logger;
  readonly limits?: Partial<SocketLimits>;
};

export type LoopbackServer = { readonly port: number; readonly close: () => Promise<void> };

/** WebSocket close code of our own, as CLOSE_UNAUTHENTICATED. */
export const CLOSE_TOO_FAST = 4429;

/** A reader this far behind will not catch up; unread views must not fill the engine's memory. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;

const TOKEN_NAMES = Object.keys(TOKEN_FACES) as TokenName[];

const authFrame = z.strictObject({ t: z.literal('auth'), token: z.string().length(64) });

type Keys = Pick<SocketOptions, 'tokens' | 'programOf'>;
const programOf = (text: string, keys: Keys): Program | undefined => {
  const frame = authFrame.safeParse(decodeFrame(text));
  return frame.success ? programOfToken(frame.data.token, keys) : undefined;
};

/** Whose token it is; undefined for one that is nobody's. */
const programOfToken = (given: string, { tokens, programOf: named }: Keys): Program | undefined => {
  // All are always compared, so that time does not tell which one was nearly right.
  const right = TOKEN_NAMES.filter((name) => sameSecret(given, tokens[name]));
  return right[0] === undefined ? named?.(given) : { face: TOKEN_FACES[right[0]] };
};

/** The connection as the contract sees it: frames in, frames out. */
const portOf = (
  socket: WebSocket,
): { readonly port: Port; readonly receive: (text: string) => void; readonly ended: () => void } => {
  const frames = createListeners<unknown>();
  const closings = createListeners<void>();
  return {
    receive(text) {
      const frame = decodeFrame(text);
      if (frame !== undefined) frames.emit(frame);
    },
    ended: () => closings.emit(),
    port: {
      send(frame) {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) return socket.terminate();
        socket.send(encodeFrame(frame));
      },
      onFrame: (listener) => frames.add(listener),
      onClose: (listener) => closings.add(() => listener()),
      close: () => socket.close(),
    },
  };
};

const refuseUpgrade = (stream: Duplex, status: string): void => {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/**
 * Lets authenticated WebSockets into the contract on a loopback http server. A connection is looked at in this order: path, Host,
 * Origin, address, number of connections; then its first text within two seconds must be a token. Returns the undo.
 */
export const attachContractSocket = (
  server: Server,
  options: SocketOptions & { readonly port: () => number; readonly origin?: () => string },
): (() => void) => {
  const { serve, logger } = options;
  const limits: SocketLimits = { ...SOCKET_LIMITS, ...options.limits };
  const gate = createFailureGate({ maxFailures: limits.maxFailures, penaltyMs: limits.penaltyMs, now });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: REQUEST_CAP.json, perMessageDeflate: false });
  const silent = new WeakSet<WebSocket>();

  const refusalOf = (request: IncomingMessage): string | undefined => {
    if (request.url !== CONTRACT_PATH) return '404 Not Found';
    if (!isLoopbackHost(request.headers.host, options.port())) return '421 Misdirected Request';
    if (!isAllowedOrigin(request.headers.origin, options.origin?.())) return '403 Forbidden';
    if (gate.refuses(addressOf(request))) return '429 Too Many Requests';
    return sockets.clients.size >= limits.maxConnections ? '503 Service Unavailable' : undefined;
  };

  const admit = (socket: WebSocket, address: string): void => {
    const rate = createRateLimit(limits.messagesPerSecond, limits.messageBurst, now);
    const pipe = portOf(socket);
    let undo: (() => void) | undefined;
    let said = false;

    const deny = (why: string): void => {
      logger?.warn('a connection to the engine was refused', { why });
      socket.close(CLOSE_UNAUTHENTICATED, why);
    };
    // When the deadline is up, what lies in the socket is read first: an engine that was busy all the while must not blame the other side.
    const deadline = setTimeout(
      () =>
        setImmediate(() => {
          if (!said) deny('no token in time');
        }),
      limits.authMs,
    );
    const authenticate = (text: string): void => {
      said = true;
      clearTimeout(deadline);
      // Asked again here: connections opened side by side must not get more tries than those opened one by one.
      const penalised = gate.refuses(address);
      const program = penalised ? undefined : programOf(text, options);
      if (program === undefined) {
        gate.failed(address);
        // Under a penalty the key was not even looked at: it may be right, and may be tried again.
        return deny(penalised ? 'too many wrong tokens' : WRONG_TOKEN);
      }
      gate.passed(address);
      undo = serve(pipe.port, FACE_SCOPE[program.face], program);
    };

    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      if (isBinary) return socket.close(1003, 'text only');
      if (!rate.take()) return socket.close(CLOSE_TOO_FAST, 'too many messages');
      const text = textOf(data);
      if (undo === undefined) authenticate(text);
      else pipe.receive(text);
    });
    socket.on('pong', () => silent.delete(socket));
    // Broken frames and sizes over the cap: ws closes the connection itself, with the right code.
    socket.on('error', (error) => logger?.warn('a connection to the engine broke', { why: error.message }));
    socket.on('close', () => {
      clearTimeout(deadline);
      pipe.ended();
      undo?.();
    });
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      logger?.warn('a connection to the engine was refused', { why: refusal });
      return refuseUpgrade(stream, refusal);
    }
    sockets.handleUpgrade(request, stream, head, (socket) => admit(socket, addressOf(request)));
  };

  // A peer that answers no ping between two beats is gone, whatever TCP believes.
  const beat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.ping();
    }
  }, limits.heartbeatMs);
  beat.unref();

  server.on('upgrade', upgrade);
  return () => {
    clearInterval(beat);
    server.off('upgrade', upgrade);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
};

const now = (): number => performance.now();

/** With the default binary type every message arrives as one buffer; the other shapes exist in the types only. */
const textOf = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString('utf8') : '');

const addressOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? 'unknown';

/** Listens on loopback only; port 0 lets the system choose. */
export const listenOnLoopback = async (server: Server, port: number): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
};

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Single calls over HTTP, beside the socket and with the same keys. */
export const httpCallsOf = (options: SocketOptions, port: () => number): ReturnType<typeof createHttpCalls> => {
  const limits: SocketLimits = { ...SOCKET_LIMITS, ...options.limits };
  return createHttpCalls({
    port,
    serve: options.serve,
    programOf: (token) => programOfToken(token, options),
    maxFailures: limits.maxFailures,
    penaltyMs: limits.penaltyMs,
    perSecond: limits.messagesPerSecond,
    burst: limits.messageBurst,
  });
};

/** The engine's door for the terminal and other programs: WebSockets and single calls over HTTP, no page, so no Origin is welcome. */
export const startSocketHost = async (options: SocketOptions & { readonly port?: number }): Promise<LoopbackServer> => {
  let port = 0;
  const call = httpCallsOf(options, () => port);
  const server = createServer((request, response) => {
    if (!call(request, response)) response.writeHead(404, { 'Content-Length': 0 }).end();
  });
  server.requestTimeout = 10_000;
  port = await listenOnLoopback(server, options.port ?? 0);
  const detach = attachContractSocket(server, { ...options, port: () => port });
  return {
    port,
    async close() {
      detach();
      await closeServer(server);
    },
  };
};
