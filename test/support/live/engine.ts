import { createSteadyClock, createStopwatch, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { type CcxtGateway, openCcxtGateway } from '#adapters/venue-ccxt/gateway.ts';
import { instrumentOf } from '#adapters/venue-ccxt/parse/instruments.ts';
import { createRateBudget } from '#adapters/venue-ccxt/rate-budget.ts';
import type { AgentId, ClientOrderId } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { createExecution, type Execution } from '#core/execution/execution.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import { createLiveVenue, type LiveVenue } from '#core/order-protocol/live-venue.ts';
import type { PlaceAnswer, VenueGateway } from '#core/ports/venue-gateway.ts';
import { approvals } from '#core/risk/seal.ts';
import {
  LIVE_INDEX_LAG_MS,
  LIVE_TIMEOUT_MS,
  LIVE_VENUES,
  type LiveKey,
  type LiveVenueId,
  liveSettings,
} from './venues.ts';

export const LIVE_AGENT = 'A-00000001' as AgentId;

const clock = createSystemClock({ keepsProcessAlive: true });
const steady = createSteadyClock({ keepsProcessAlive: true });

export type LiveLine = { readonly venue: LiveVenueId; readonly gateway: CcxtGateway; readonly instrument: Instrument };

/** The product's gateway over unmodified ccxt, pointed at a local exchange. Only its time-out and the venue's rate limit are those of a test. */
export async function openLine(venue: LiveVenueId, port: number, keys: LiveKey): Promise<LiveLine> {
  const gateway = await openCcxtGateway({
    id: venue,
    clocks: { wall: clock, steady },
    chance: () => 0,
    keys: { apiKey: keys.key, secret: keys.secret },
    url: `http://127.0.0.1:${port}`,
    budget: createRateBudget({ clock: steady, chance: () => 0, msPerUnit: 1, burst: 10_000 }),
  });
  const { exchange } = gateway.open;
  await exchange.loadMarkets();
  await gateway.ready();
  exchange.timeout = LIVE_TIMEOUT_MS;
  const market = exchange.markets?.[LIVE_VENUES[venue].symbol];
  const instrument = instrumentOf(market, { exchangeId: exchange.id, precisionMode: exchange.precisionMode });
  if (instrument === undefined) throw new Error(`${venue} lists no ${LIVE_VENUES[venue].symbol}`);
  return { venue, gateway, instrument };
}

/** A planted bug: what nobody knows is taken for refused. */
export type PlantedBug = 'none' | 'unknown taken for refused';

const planted = (bug: PlantedBug, gateway: VenueGateway): VenueGateway => ({
  ...gateway,
  capabilities: { ...gateway.capabilities, indexLagMs: LIVE_INDEX_LAG_MS },
  async place(order): Promise<PlaceAnswer> {
    const answer = await gateway.place(order);
    if (bug === 'none' || answer.kind !== 'unknown') return answer;
    return { kind: 'refused', code: 'planted', reason: answer.reason };
  },
});

export type LiveEngine = {
  readonly execution: Execution;
  readonly venue: LiveVenue;
  readonly now: () => ReturnType<typeof clock.now>;
};

/** The product's protocol and execution on such a line, from a journal of before. */
export function startEngine(
  { venue: id, gateway, instrument }: LiveLine,
  options: {
    readonly clientOrderId: () => ClientOrderId;
    readonly record: (record: ExecutionRecord) => void;
    readonly restore?: readonly ExecutionRecord[];
    readonly onBroken: (error: unknown) => void;
    readonly bug?: PlantedBug;
  },
): LiveEngine {
  const venue = createLiveVenue({
    gateway: planted(options.bug ?? 'none', gateway),
    clock,
    stopwatch: createStopwatch(),
    instruments: [instrument],
    settings: liveSettings(id),
    onBroken: options.onBroken,
  });
  const execution = createExecution({
    venue,
    approvals,
    ids: { clientOrderId: options.clientOrderId },
    instruments: [instrument],
    restore: options.restore ?? [],
    record: options.record,
  });
  venue.start(execution);
  return { execution, venue, now: () => clock.now() };
}
