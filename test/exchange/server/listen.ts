import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server on loopback; answers its port. */
export async function listen(
  port: number,
  handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => {
      // A client that broke off is everyday life; everything else is a bug of this exchange and must be seen.
      if (!message.destroyed || message.complete) process.stderr.write(`${String(error)}\n`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return { server, port: (server.address() as AddressInfo).port };
}
