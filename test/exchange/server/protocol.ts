import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Venue, VenueOptions } from '../core/venue.ts';

/** One venue's language over HTTP and WebSocket. */
export type Protocol = {
  readonly venue: Venue;
  handle(message: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Takes over WebSocket upgrades of the server. */
  attach(server: Server): void;
  /** Cuts every open stream; answers how many. */
  dropStreams(): number;
  /** Where unmodified ccxt must be pointed for this venue to be here. */
  ccxtUrls(port: number): Readonly<Record<string, unknown>>;
};

export type CreateProtocol = (options: VenueOptions) => Protocol;
