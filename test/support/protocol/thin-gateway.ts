import { Agent, type ClientRequest, request } from 'node:http';
import { formatDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Answer, GatewayCapabilities, PlaceAnswer, VenueGateway } from '#core/ports/venue-gateway.ts';
import {
  balanceFromWire,
  orderFromWire,
  tradeFromWire,
  type WireBalance,
  type WireOrder,
  type WireTrade,
} from './wire.ts';

export type ThinGatewayOptions = {
  readonly port: number;
  readonly account: string;
  readonly capabilities: GatewayCapabilities;
  readonly timeoutMs: number;
  /** Called when the bytes of a request are with the operating system. */
  readonly onWritten?: (what: string) => void;
};

type Reply = { readonly status: number; readonly body: unknown };
type Raw = { readonly status: number; readonly text: string };

/** The thinnest client of the small exchange: one request, one answer, nothing is repeated. */
export function createThinGateway(options: ThinGatewayOptions): VenueGateway {
  const { port, account, timeoutMs } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const streams = new Set<ClientRequest>();

  const send = (what: string, query: Record<string, string | undefined>, body?: unknown): Promise<Raw> =>
    new Promise((done, fail) => {
      const search = new URLSearchParams(
        Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
      );
      const call = request(
        {
          port,
          host: '127.0.0.1',
          agent,
          path: `/${account}/${what}?${search}`,
          method: body === undefined ? 'GET' : 'POST',
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => {
            text += part;
          });
          response.once('error', fail);
          response.once('end', () => {
            done({ status: response.statusCode ?? 0, text });
          });
        },
      );
      call.setTimeout(timeoutMs, () => call.destroy(new Error('timed out')));
      call.once('error', fail);
      call.once('finish', () => options.onWritten?.(what));
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });

  const call = async (...request: Parameters<typeof send>): Promise<Reply> => {
    const { status, text } = await send(...request);
    return { status, body: JSON.parse(text) };
  };

  const query = async <T>(
    what: string,
    parameters: Record<string, string | undefined>,
    read: (body: never) => T,
  ): Promise<Answer<T>> => {
    try {
      const { status, body } = await call(what, parameters);
      return status === 200
        ? { kind: 'ok', value: read(body as never) }
        : { kind: 'failed', reason: `status ${status}` };
    } catch (error) {
      return { kind: 'failed', reason: String(error) };
    }
  };
  const orders = (list: readonly WireOrder[]) => list.map(orderFromWire);

  return {
    name: 'FAKE',
    capabilities: options.capabilities,
    async place(order) {
      try {
        const { clientOrderId, instrumentId, side, type, expiresAt } = order;
        const body = { clientOrderId, instrumentId, side, type, expiresAt, quantity: formatDecimal(order.quantity) };
        const reply = await call('place', {}, body);
        // Of all that is not a success only a refusal by name is one.
        if (reply.status === 200 || reply.status === 400) return reply.body as PlaceAnswer;
        return { kind: 'unknown', reason: `status ${reply.status}` };
      } catch (error) {
        return { kind: 'unknown', reason: String(error) };
      }
    },
    async cancel({ clientOrderId, venueOrderId }) {
      try {
        const { status, body } = await call('cancel', {}, { clientOrderId, venueOrderId });
        return status === 200
          ? { kind: (body as { readonly kind: 'requested' | 'not_found' }).kind }
          : { kind: 'failed', reason: `status ${status}` };
      } catch (error) {
        return { kind: 'failed', reason: String(error) };
      }
    },
    async order({ clientOrderId, venueOrderId }) {
      const found = await query('order', { clientOrderId, venueOrderId }, (body: WireOrder | null) => body);
      if (found.kind === 'failed') return found;
      return found.value === null ? { kind: 'not_found' } : { kind: 'found', order: orderFromWire(found.value) };
    },
    openOrders: () => query('openOrders', {}, orders),
    closedOrders: (_, since) => query('closedOrders', { since: String(since) }, orders),
    trades: (_, since) =>
      query('trades', { since: String(since) }, (list: readonly WireTrade[]) => list.map(tradeFromWire)),
    balances: () => query('balances', {}, (list: readonly WireBalance[]) => list.map(balanceFromWire)),
    time: () => query('time', {}, (ms: number) => unixMs(ms)),
    cancelAll: () => Promise.resolve({ kind: 'failed', reason: 'the small exchange has no such call' }),
    deadMan: () => Promise.resolve({ kind: 'failed', reason: 'the small exchange has no such switch' }),
    subscribe(listener) {
      const stream = request({ port, host: '127.0.0.1', path: `/${account}/stream` }, (response) => {
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          const lines = (rest + part).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines.filter((text) => text !== '')) {
            const event = JSON.parse(line) as { kind: string; order: WireOrder; trade: WireTrade };
            if (event.kind === 'order') listener({ kind: 'order', order: orderFromWire(event.order) });
            else listener({ kind: 'trade', trade: tradeFromWire(event.trade) });
          }
        });
        response.once('close', () => listener({ kind: 'lost', reason: 'the stream ended' }));
      });
      stream.once('error', () => listener({ kind: 'lost', reason: 'no stream' }));
      stream.end();
      streams.add(stream);
      return () => {
        streams.delete(stream);
        stream.destroy();
      };
    },
    close() {
      for (const stream of streams) stream.destroy();
      agent.destroy();
      return Promise.resolve();
    },
  };
}
