import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Venue } from '../core/venue.ts';
import { createStreamSocket, type StreamSocket } from './stream-socket.ts';

/** Streams may send nothing for a while; a ping shows both ends that the other one lives. */
const PING_MS = 20_000;

/** Opens WebSockets on the server of a venue. `open` gets each new stream with the path that was asked for. */
export function acceptStreams(
  server: Server,
  venue: Venue,
  open: (path: string, stream: StreamSocket) => void,
): () => number {
  const sockets = new WebSocketServer({ noServer: true });
  const streams = new Set<StreamSocket>();
  server.on('upgrade', (message, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (venue.maintenance) {
      venue.requests['WS refused'] = (venue.requests['WS refused'] ?? 0) + 1;
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    const path = message.url ?? '/';
    venue.requests[`WS ${path.replace(/\/\d+$/, '')}`] = (venue.requests[`WS ${path.replace(/\/\d+$/, '')}`] ?? 0) + 1;
    sockets.handleUpgrade(message, socket, head, (webSocket) => {
      const stream = createStreamSocket(webSocket, venue.faults);
      streams.add(stream);
      const pings = setInterval(() => webSocket.ping(), PING_MS);
      stream.onClose(() => {
        clearInterval(pings);
        streams.delete(stream);
      });
      open(path, stream);
    });
  });
  return () => {
    const open = [...streams];
    for (const stream of open) stream.cut();
    return open.length;
  };
}
