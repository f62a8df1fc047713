import type { StreamSocket } from '../server/stream-socket.ts';
import { ACCOUNT_CHANNELS, createAccountFeed } from './account-feed.ts';
import type { KrakenContext } from './context.ts';
import { type Feed, requestSchema } from './feed.ts';
import { createMarketFeed } from './market-feed.ts';

const HEARTBEAT_MS = 1000;

const iso = (): string => new Date().toISOString();

/** The second version of kraken's WebSocket protocol: public feeds and account feeds, told apart by channel. */
export function createKrakenStreams(context: KrakenContext): { open(stream: StreamSocket): void } {
  const market = createMarketFeed(context.venue);
  const account = createAccountFeed(context);
  let connections = 0;

  const feedOf = (channel: string): Feed => (ACCOUNT_CHANNELS.includes(channel) ? account : market);

  return {
    open: (stream) => {
      connections += 1;
      const connection_id = connections;
      stream.answer({
        channel: 'status',
        type: 'update',
        data: [{ version: '2.0.10', system: 'online', api_version: 'v2', connection_id }],
      });
      const heartbeat = setInterval(() => stream.answer({ channel: 'heartbeat' }), HEARTBEAT_MS);
      stream.onClose(() => {
        clearInterval(heartbeat);
        market.forget(stream);
        account.forget(stream);
      });
      stream.onMessage((message) => {
        const request = requestSchema.safeParse(message);
        if (!request.success)
          return stream.answer({ error: 'Malformed request', success: false, time_in: iso(), time_out: iso() });
        const { method, req_id, params } = request.data;
        const stamp = { ...(req_id === undefined ? {} : { req_id }), time_in: iso(), time_out: iso() };
        if (method === 'ping') return stream.answer({ method: 'pong', ...stamp });
        if ((method !== 'subscribe' && method !== 'unsubscribe') || params === undefined)
          return stream.answer({ error: 'Event(s) not found', method, success: false, ...stamp });
        const { token: _token, ...echo } = params;
        const feed = feedOf(params.channel);
        const refused = feed.refuses(stream, params, method);
        if (refused !== undefined) return stream.answer({ error: refused, method, success: false, ...stamp });
        stream.answer({ method, result: echo, success: true, ...stamp });
        if (method === 'subscribe') feed.subscribe(stream, params);
        else feed.unsubscribe(stream, params);
      });
    },
  };
}
