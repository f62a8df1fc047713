import { createBinance } from './binance/protocol.ts';
import { venueOptionsSchema } from './core/venue.ts';
import { createKraken } from './kraken/protocol.ts';
import { admin } from './server/admin.ts';
import { listen } from './server/listen.ts';
import type { CreateProtocol } from './server/protocol.ts';

/**
 * Entry of the process: `node start.ts '{"venue":"binance"}'`. Prints one line of JSON with its ports and addresses when it listens, and
 * ends when its standard input closes, so that an exchange never outlives the test that started it.
 */
const PROTOCOLS: Readonly<Record<'binance' | 'kraken', CreateProtocol>> = {
  binance: createBinance,
  kraken: createKraken,
};

const options = venueOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const protocol = PROTOCOLS[options.venue](options);
const { server, port } = await listen(options.port, protocol.handle);
protocol.attach(server);
const control = await listen(options.adminPort, admin(protocol.venue, protocol));
if (options.marketIntervalMs > 0) setInterval(() => protocol.venue.maker.step(), options.marketIntervalMs);

process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write(
  `${JSON.stringify({
    venue: options.venue,
    port,
    adminPort: control.port,
    urls: protocol.ccxtUrls(port),
    key: protocol.venue.keys.all()[0],
  })}\n`,
);
