import { decodeFrame, encodeFrame } from './codec.ts';
import type { Port, PortEnd } from './port.ts';
import { createListeners } from './ports.ts';

/** What the browser's WebSocket and the `ws` package have in common, as far as it is used here. */
export type SocketLike = {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
};

const CONNECTING = 0;
const OPEN = 1;

/** How the socket host ends a connection whose first text was not its key. Codes from 4000 to 4999 are free for applications. */
export const CLOSE_UNAUTHENTICATED = 4401;
/** The reason beside that code when a key came and was not ours; a key that came too late has another. */
export const WRONG_TOKEN = 'wrong token';

/** The very first text on a socket; checked by the socket host before anything else is read. */
export type AuthFrame = { readonly t: 'auth'; readonly token: string };

/** A port over a socket that is connecting or open. The token leaves first, in a frame of its own and never in an address. */
export const createSocketPort = (socket: SocketLike, token: string): Port => {
  const frames = createListeners<unknown>();
  const closings = createListeners<PortEnd | undefined>();
  const waiting: string[] = [encodeFrame({ t: 'auth', token } satisfies AuthFrame)];
  let ended = false;

  const flush = (): void => {
    for (const text of waiting.splice(0)) socket.send(text);
  };
  const end = (why?: PortEnd): void => {
    if (ended) return;
    ended = true;
    closings.emit(why);
  };
  socket.addEventListener('open', flush);
  socket.addEventListener('message', (event) => {
    if (ended || typeof event.data !== 'string') return;
    const frame = decodeFrame(event.data);
    if (frame !== undefined) frames.emit(frame);
  });
  socket.addEventListener('close', ({ code, reason }) =>
    end(code === CLOSE_UNAUTHENTICATED && reason === WRONG_TOKEN ? 'wrong_key' : undefined),
  );
  // A close always follows; without a listener `ws` would throw the error as uncaught.
  socket.addEventListener('error', () => undefined);
  if (socket.readyState === OPEN) flush();

  return {
    send(frame) {
      const text = encodeFrame(frame);
      if (socket.readyState === OPEN) socket.send(text);
      else if (socket.readyState === CONNECTING) waiting.push(text);
    },
    onFrame: (listener) => frames.add(listener),
    onClose: (listener) => closings.add(listener),
    close() {
      socket.close();
      end();
    },
  };
};
