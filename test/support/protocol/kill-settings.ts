import { PROTOCOL_SETTINGS, type ProtocolSettings } from '#core/order-protocol/settings.ts';
import type { GatewayCapabilities } from '#core/ports/venue-gateway.ts';

/** What the small exchange can do; it keeps its word about the lag, which of a real venue is a measured assumption. */
export const KILL_CAPABILITIES: GatewayCapabilities = {
  requestExpiry: true,
  lookupByClientId: true,
  clientIdUnique: 'open_only',
  deadMan: false,
  indexLagMs: 100,
};

/** The same protocol on a faster scale, so that a life is a fraction of a second. */
export const KILL_SETTINGS: ProtocolSettings = {
  ...PROTOCOL_SETTINGS,
  expiryMs: 500,
  skewMs: 40,
  vanishedMs: 2_000,
  firstWaitMs: 15,
  longestWaitMs: 60,
  reportMs: 60,
  pollMs: 80,
  auditMs: 120,
};
