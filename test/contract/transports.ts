import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { CONTRACT_PATH, createTokens, type SocketLimits, startSocketHost } from '#host/socket-host.ts';
import type { Port } from '#shared/transport/port.ts';
import { createListeners, createPortPair } from '#shared/transport/ports.ts';
import { createSocketPort } from '#shared/transport/socket-port.ts';

export type PortEnds = { readonly client: Port; readonly host: Port; end(): Promise<void> };
export type Transport = { readonly name: string; readonly open: () => Promise<PortEnds> };

/** Structured clone between two event loops' worth of queues, as Electron's IPC does it; nothing is shared by reference. */
const channelPort = (channel: MessagePort): Port => {
  const frames = createListeners<unknown>();
  const closings = createListeners<void>();
  channel.on('message', (frame: unknown) => frames.emit(frame));
  channel.on('close', () => closings.emit());
  return {
    send: (frame) => channel.postMessage(frame, []),
    onFrame: (listener) => frames.add(listener),
    onClose: (listener) => closings.add(() => listener()),
    close: () => channel.close(),
  };
};

const inProcess: Transport = {
  name: 'in-process pair',
  open: async () => {
    const pair = createPortPair();
    return { ...pair, end: async () => pair.client.close() };
  },
};

const structuredCloneChannel: Transport = {
  name: 'structured-clone channel',
  open: async () => {
    const { port1, port2 } = new MessageChannel();
    return { client: channelPort(port1), host: channelPort(port2), end: async () => port1.close() };
  },
};

export const webSocket = (limits: Partial<SocketLimits> = {}): Transport => ({
  name: 'JSON over WebSocket',
  open: async () => {
    const tokens = createTokens();
    let arrive: ((port: Port) => void) | undefined;
    const served = new Promise<Port>((resolve) => {
      arrive = resolve;
    });
    const serve = (port: Port): (() => void) => {
      arrive?.(port);
      return () => undefined;
    };
    const server = await startSocketHost({ tokens, serve, limits });
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${CONTRACT_PATH}`, { maxPayload: 16 * 1024 * 1024 });
    const client = createSocketPort(socket, tokens.trade);
    const host = await served;
    return {
      client,
      host,
      end: async () => {
        client.close();
        await server.close();
      },
    };
  },
});

export const TRANSPORTS: readonly Transport[] = [inProcess, webSocket(), structuredCloneChannel];
