import { Agent, request } from 'node:http';
import type { ClientOrderId, InstrumentId } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import { quantity } from '#core/domain/money.ts';
import type { OrderReport, VenueGateway } from '#core/ports/venue-gateway.ts';

const INSTRUMENT = 'BTC/USDT.REST' as InstrumentId;
const TIMEOUT_MS = 4_000;

export type Arrival = { readonly what: string; readonly at: number };

/** Client of the resting exchange: the part of a gateway that stopping needs, and what the test has to say and ask. */
export function createRestingGateway(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const call = (path: string): Promise<{ readonly status: number; readonly body: unknown }> =>
    new Promise((done, fail) => {
      const sent = request({ port, host: '127.0.0.1', agent, path, method: 'POST' }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.once('error', fail);
        response.once('end', () => done({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      });
      sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error('timed out')));
      sent.once('error', fail);
      sent.end();
    });
  const report = (venueOrderId: string): OrderReport => ({
    venueOrderId,
    clientOrderId: `mt${venueOrderId.slice(2).padStart(16, '0')}`,
    instrumentId: INSTRUMENT,
    side: 'buy',
    status: 'open',
    quantity: quantity('1'),
    filledQuantity: quantity('0'),
    updatedAt: unixMs(0),
  });
  const gateway: Pick<VenueGateway, 'name' | 'cancelAll' | 'cancel' | 'openOrders'> = {
    name: 'resting exchange',
    async cancelAll() {
      const { status } = await call('/cancel-all');
      return status === 200 ? { kind: 'ok', value: undefined } : { kind: 'failed', reason: `status ${status}` };
    },
    async cancel({ venueOrderId }) {
      const { status } = await call(`/cancel?id=${venueOrderId ?? ''}`);
      return status === 200 ? { kind: 'requested' } : { kind: 'not_found' };
    },
    async openOrders() {
      const { body } = await call('/orders');
      return { kind: 'ok', value: (body as readonly string[]).map(report) };
    },
  };
  return {
    gateway: gateway as VenueGateway,
    own: (orders: number) =>
      Array.from({ length: orders }, (_, i) => ({
        clientOrderId: report(`V-${i}`).clientOrderId as ClientOrderId,
        venueOrderId: `V-${i}`,
        instrumentId: INSTRUMENT,
        submittedAt: unixMs(0),
        protects: false,
      })),
    fill: (orders: number, bulk: boolean) => call(`/fill?orders=${orders}&bulk=${bulk ? 1 : 0}`),
    arrivals: async () => (await call('/log')).body as readonly Arrival[],
    resting: async () => ((await call('/orders')).body as readonly string[]).length,
    close: () => agent.destroy(),
  };
}
