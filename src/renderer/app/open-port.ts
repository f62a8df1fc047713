import { createBridgePort } from '#shared/transport/bridge-port.ts';
import type { Port } from '#shared/transport/port.ts';
import { createSocketPort } from '#shared/transport/socket-port.ts';

/** How this page reaches the engine: the desktop window has a bridge, a browser page the key of the address it was opened with. */
export type Access =
  | { readonly kind: 'bridge'; open(): Port }
  | { readonly kind: 'socket'; open(): Port }
  | { readonly kind: 'none' };

const TOKEN = /(?:^#|[#?&/])token=([A-Za-z0-9_-]{16,256})/;

/** Takes the key out of the address bar, so that it is in no bookmark, history entry or screenshot. It then lives in memory only. */
function takeToken(): string | null {
  const found = TOKEN.exec(location.hash)?.[1] ?? null;
  if (found !== null) history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  return found;
}

export function findAccess(): Access {
  const bridge = window.mt;
  if (bridge !== undefined) return { kind: 'bridge', open: () => createBridgePort(bridge) };
  const token = takeToken();
  if (token === null) return { kind: 'none' };
  const address = new URL('/contract', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  return { kind: 'socket', open: () => createSocketPort(new WebSocket(address), token) };
}
