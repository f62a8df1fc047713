import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Fault } from '#core/kernel/fault.ts';

/** Addresses that are not of the open net: of a house's own network, of a link alone, of no host. */
const INSIDE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96],
] as const)
  INSIDE.addSubnet(net, bits, 'ipv6');
INSIDE.addAddress('::', 'ipv6');
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const kindOf = (address: string): 'loopback' | 'inside' | 'outside' => {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  // An IPv4 address in the clothes of an IPv6 one is judged as what it is; Node's lists do that.
  if (LOOPBACK.check(address, family)) return 'loopback';
  return INSIDE.check(address, family) ? 'inside' : 'outside';
};

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** Whether a host is this machine by its very name: only then may what is sent go unprotected, or stay on this machine. */
export const isLoopbackHost = (hostname: string): boolean =>
  bare(hostname) === 'localhost' || (isIP(bare(hostname)) !== 0 && kindOf(bare(hostname)) === 'loopback');

/** Throws Fault `usage` for a host inside of a private network, written as a number. Names are looked at when they are resolved. */
export function checkHost(hostname: string): void {
  const address = bare(hostname);
  if (isIP(address) !== 0 && kindOf(address) === 'inside')
    throw new Fault(
      'usage',
      `${address} is an address of a private network`,
      'give a host of the open net, or this machine',
    );
}

/** Throws Fault `usage` for what alerts must not be sent to: unprotected, with a password in it, or inside of a private network. */
export function checkAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const remedy = 'write it as https://example.org/hook; http is for this machine alone';
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Fault('usage', `${text.slice(0, 100)} is no web address`, remedy);
  if (url.username !== '' || url.password !== '')
    throw new Fault('usage', 'the address holds a name or a password', 'leave them out: the address is shown in lists');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    throw new Fault('usage', `${url.hostname} would be reached unprotected`, remedy);
  checkHost(url.hostname);
  return url;
}

/** Asks for the addresses of a name; the system's own unless a test answers. */
export type Resolve = (hostname: string, done: (error: Error | null, addresses: readonly string[]) => void) => void;
const systemResolve: Resolve = (hostname, done) =>
  systemLookup(hostname, { all: true }, (error, found) =>
    done(error, error === null ? found.map(({ address }) => address) : []),
  );

/**
 * A lookup that answers no address inside of a private network, so that a name cannot lead there: the address that was judged is the one that
 * is connected to. `hostname` is the one that the master wrote; only `localhost` itself may be this machine.
 */
export function guardedLookup(hostname: string, resolve: Resolve = systemResolve): LookupFunction {
  const own = isLoopbackHost(hostname);
  return (asked, options, done) => {
    resolve(asked, (error, addresses) => {
      if (error !== null) return done(error, '', 0);
      const wanted = own ? 'loopback' : 'outside';
      const good = addresses.filter((address) => kindOf(address) === wanted);
      const [first] = good;
      if (first === undefined)
        return done(Object.assign(new Error('the name leads into a private network'), { code: 'EPRIVATE' }), '', 0);
      if (options.all === true)
        return done(
          null,
          good.map((address) => ({ address, family: isIP(address) })),
        );
      return done(null, first, isIP(first));
    });
  };
}
