import type { WebSocket } from 'ws';
import type { Channel, FaultInjector } from '../core/faults.ts';

/** One open stream. News goes through the faults; answers to the client's own messages do not. */
export type StreamSocket = {
  /** `account`: whose news it is, when it is private. */
  news(channel: Channel, message: unknown, account?: string): void;
  answer(message: unknown): void;
  onMessage(handle: (message: unknown) => void): void;
  onClose(handle: () => void): void;
  cut(): void;
};

export function createStreamSocket(socket: WebSocket, faults: FaultInjector): StreamSocket {
  let silent = false;
  /** A message that waits to be overtaken by the next one. */
  let held: string | undefined;
  const write = (text: string): void => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  };
  // A socket that a fault or a client tore down is expected here; `close` follows.
  socket.on('error', () => socket.terminate());
  return {
    news: (channel, message, account) => {
      if (silent) return;
      const text = JSON.stringify(message);
      const drawn = faults.message(channel, account);
      drawn?.fired();
      switch (drawn?.fault) {
        case 'gap':
          return;
        case 'drop':
          return socket.terminate();
        case 'silence':
          silent = true;
          return;
        case 'delay':
          setTimeout(() => write(text), drawn.delayMs);
          return;
        case 'reorder':
          if (held !== undefined) write(held);
          held = text;
          return;
        case 'duplicate':
          write(text);
          break;
        case undefined:
          break;
      }
      write(text);
      if (held !== undefined) write(held);
      held = undefined;
    },
    answer: (message) => write(JSON.stringify(message)),
    onMessage: (handle) => {
      socket.on('message', (data: Buffer) => {
        let message: unknown;
        try {
          message = JSON.parse(data.toString('utf8'));
        } catch {
          socket.close(1008, 'not JSON');
          return;
        }
        handle(message);
      });
    },
    onClose: (handle) => socket.on('close', handle),
    cut: () => socket.terminate(),
  };
}
