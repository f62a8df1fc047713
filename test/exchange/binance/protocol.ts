import { createVenue } from '../core/venue.ts';
import { play } from '../server/faulty.ts';
import type { CreateProtocol } from '../server/protocol.ts';
import { readRequest } from '../server/request.ts';
import { acceptStreams } from '../server/upgrade.ts';
import { createBinanceContext } from './context.ts';
import { binanceWording } from './errors.ts';
import { createMarketStreams } from './market-streams.ts';
import { binanceJob } from './rest.ts';
import { binanceRules } from './rules.ts';
import { createUserStream } from './user-stream.ts';

export const createBinance: CreateProtocol = (options) => {
  const venue = createVenue(options, binanceRules);
  const context = createBinanceContext(venue);
  const wording = binanceWording(venue.clock.now);
  const markets = createMarketStreams(venue);
  const users = createUserStream(venue);
  let dropStreams = (): number => 0;
  return {
    venue,
    handle: async (message, response) =>
      play(binanceJob(context, await readRequest(message)), venue, wording, response),
    attach: (server) => {
      dropStreams = acceptStreams(server, venue, (path, stream) => {
        if (path.startsWith('/ws-api/')) users.open(stream);
        else markets.open(path, stream);
      });
    },
    dropStreams: () => dropStreams(),
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
