import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK, pageOrigin } from './loopback-guard.ts';
import { pageHeaders, readPageFiles } from './page-files.ts';
import {
  attachContractSocket,
  closeServer,
  httpCallsOf,
  type LoopbackServer,
  listenOnLoopback,
  type SocketOptions,
} from './socket-host.ts';

const plain = (
  response: ServerResponse,
  status: number,
  text: string,
  more: Readonly<Record<string, string>> = {},
): void => {
  const body = Buffer.from(`${text}\n`);
  const headers = {
    ...pageHeaders("'none'"),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  };
  response.writeHead(status, { ...headers, 'content-length': body.length, ...more }).end(body);
};

export type WebServer = LoopbackServer & {
  /** The address for the master's browser. The token is in the fragment, which a browser never sends and no log sees. */
  readonly urlWith: (token: string) => string;
};

/**
 * Serves the built page and, on the same port, the contract's socket to a browser on this machine. The page must take the token out
 * of its address at once and send it as the first text of the socket.
 */
export const startWebServer = async (
  options: SocketOptions & { readonly directory: string; readonly port?: number },
): Promise<WebServer> => {
  const files = readPageFiles(options.directory);
  let port = 0;

  const call = httpCallsOf(options, () => port);
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // Programs of the master's own; a page, which has an origin, is refused there.
    if (call(request, response)) return;
    // One origin only: a page under another name of this machine could not open the socket anyway.
    if (request.headers.host !== `${LOOPBACK}:${port}`)
      return plain(response, 421, `this page lives at ${pageOrigin(port)}/`);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return plain(response, 405, 'only GET and HEAD', { allow: 'GET, HEAD' });
    const path = request.url ?? '';
    if (!path.startsWith('/')) return plain(response, 400, 'not a path');
    const file = files.get(path);
    if (file === undefined) return plain(response, 404, 'there is no such page');
    response.writeHead(200, {
      ...pageHeaders(`'self' ws://${LOOPBACK}:${port}`),
      'content-type': file.type,
      'content-length': file.body.length,
      // The page names its hashed assets and must be fresh; the assets may be kept if they are asked about.
      'cache-control': file.type.startsWith('text/html') ? 'no-store' : 'no-cache',
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192 }, answer);
  server.maxConnections = 64;
  port = await listenOnLoopback(server, options.port ?? 0);
  const detach = attachContractSocket(server, { ...options, port: () => port, origin: () => pageOrigin(port) });
  return {
    port,
    urlWith: (token) => `${pageOrigin(port)}/#token=${token}`,
    async close() {
      detach();
      await closeServer(server);
    },
  };
};
