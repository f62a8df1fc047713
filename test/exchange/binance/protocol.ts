import { createVenue } from '../core/venue.ts';
import { play } from '../server/faulty.ts';
import type { CreateProtocol } from '../server/protocol.ts';
import { readRequest } from '../server/request.ts';
import { createBinanceContext } from './context.ts';
import { binanceWording } from './errors.ts';
import { binanceJob } from './rest.ts';
import { binanceRules } from './rules.ts';

export const createBinance: CreateProtocol = (options) => {
  const venue = createVenue(options, binanceRules);
  const context = createBinanceContext(venue);
  const wording = binanceWording(venue.clock.now);
  return {
    venue,
    handle: async (message, response) =>
      play(binanceJob(context, await readRequest(message)), venue, wording, response),
    attach: () => undefined,
    dropStreams: () => 0,
    ccxtUrls: (port) => {
      const http = `http://127.0.0.1:${port}`;
      const ws = `ws://127.0.0.1:${port}`;
      return {
        api: {
          public: `${http}/api/v3`,
          private: `${http}/api/v3`,
          sapi: `${http}/sapi/v1`,
          // The client tells spot streams by "/stream" in their address.
          ws: { spot: `${ws}/stream/ws`, 'ws-api': { spot: `${ws}/ws-api/v3` } },
        },
      };
    },
  };
};
