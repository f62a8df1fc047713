import { createVenue } from '../core/venue.ts';
import { play } from '../server/faulty.ts';
import type { CreateProtocol } from '../server/protocol.ts';
import { readRequest } from '../server/request.ts';
import { acceptStreams } from '../server/upgrade.ts';
import { createGate } from './auth.ts';
import { createKrakenContext } from './context.ts';
import { krakenWording } from './errors.ts';
import { krakenRules } from './pairs.ts';
import { krakenJob } from './rest.ts';
import { createKrakenStreams } from './streams.ts';

export const createKraken: CreateProtocol = (options) => {
  const venue = createVenue(options, krakenRules);
  const context = createKrakenContext(venue);
  const gate = createGate(venue);
  const wording = krakenWording();
  const streams = createKrakenStreams(context);
  let dropStreams = (): number => 0;
  return {
    venue,
    handle: async (message, response) =>
      play(krakenJob(context, gate, await readRequest(message)), venue, wording, response),
    attach: (server) => {
      dropStreams = acceptStreams(server, venue, (_path, stream) => streams.open(stream));
    },
    dropStreams: () => dropStreams(),
    ccxtUrls: (port) => {
      const http = `http://127.0.0.1:${port}`;
      const ws = `ws://127.0.0.1:${port}`;
      return {
        api: {
          public: http,
          private: http,
          ws: { public: `${ws}/v1`, private: `${ws}/auth/v1`, publicV2: `${ws}/v2`, privateV2: `${ws}/auth/v2` },
        },
      };
    },
  };
};
