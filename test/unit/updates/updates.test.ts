import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeServer, listenOnLoopback } from '#host/socket-host.ts';
import { fetchOffer } from '#host/updates/fetch-offer.ts';
import { whyNotInstall } from '#host/updates/may-install.ts';
import { checkDownload, compareVersions, holdToOffer, type UpdateOffer } from '#host/updates/offer.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const owner = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const publicKey = owner.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const trust = { publicKey, current: '1.2.3' };
const FILE = Buffer.from('the new program');
const sha512 = createHash('sha512').update(FILE).digest('base64');
const offerOf = (version: string): string =>
  JSON.stringify({ version, files: [{ name: 'master-trader.AppImage', sha512, size: FILE.length }] });
const signed = (text: string, key = owner.privateKey): string => sign(null, Buffer.from(text), key).toString('base64');

describe('updates, from a server on this machine', () => {
  const served = new Map<string, string>();
  const server = createServer((request, response) => {
    const text = served.get(request.url ?? '');
    if (request.url === '/moved/update.json') response.writeHead(302, { location: '/good/update.json' }).end();
    else response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  let place: (name: string) => string;
  const serve = (name: string, text: string, signature: string): void => {
    served.set(`/${name}/update.json`, text);
    served.set(`/${name}/update.json.sig`, signature);
  };
  const folder = tempFolder('mt-updates');
  beforeAll(async () => {
    const port = await listenOnLoopback(server, 0);
    place = (name) => `http://127.0.0.1:${port}/${name}`;
    const [good, old, same] = ['1.3.0', '1.2.2', '1.2.3'].map(offerOf);
    serve('good', good ?? '', signed(good ?? ''));
    serve('moved', good ?? '', signed(good ?? ''));
    serve('old', old ?? '', signed(old ?? ''));
    serve('same', same ?? '', signed(same ?? ''));
    serve('stranger', good ?? '', signed(good ?? '', stranger.privateKey));
    serve('unsigned', good ?? '', '');
    serve('other-text', offerOf('1.4.0'), signed(good ?? ''));
    serve('spaces', `${good} `, signed(good ?? ''));
    serve('nonsense', 'hello', signed('hello'));
    const climbing = JSON.stringify({ version: '1.3.0', files: [{ name: '../x', sha512, size: 1 }] });
    serve('climbing', climbing, signed(climbing));
    serve('long', 'x'.repeat(100_000), signed('x'));
  });
  afterAll(async () => {
    await closeServer(server);
    folder.remove();
  });

  it('takes what the owner signed and what is newer', async () => {
    const offer = await fetchOffer(place('good'), trust);
    expect(offer.version).toBe('1.3.0');
    holdToOffer({ version: '1.3.0', files: [{ sha512 }] }, offer);
  });

  it.each([
    ['old', /1\.2\.2 is not newer than 1\.2\.3/],
    ['same', /not newer/],
    ['stranger', /signature is not the owner/],
    ['unsigned', /signature is not the owner/],
    ['other-text', /signature is not the owner/],
    ['spaces', /signature is not the owner/],
    ['nonsense', /no list of files/],
    ['climbing', /no list of files/],
    ['moved', /did not answer/],
    ['long', /far too long/],
    ['nothing-there', /status 404/],
  ])('refuses what is %s', async (name, why) => {
    await expect(fetchOffer(place(name), trust)).rejects.toThrow(why);
  });

  it('refuses to ask in clear text anywhere but on this machine, and a key of another kind', async () => {
    await expect(fetchOffer('http://example.com/updates', trust)).rejects.toThrow(/https only/);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();
    await expect(fetchOffer(place('good'), { ...trust, publicKey: rsa })).rejects.toThrow(/not of the kind/);
  });

  it('refuses files that are not signed: announced, and as they came', async () => {
    const offer: UpdateOffer = await fetchOffer(place('good'), trust);
    const other = createHash('sha512').update('other').digest('base64');
    for (const found of [
      { version: '1.3.1', files: [{ sha512 }] },
      { version: '1.3.0', files: [{ sha512 }, { sha512: other }] },
      { version: '1.3.0', files: [] },
    ])
      expect(() => holdToOffer(found, offer)).toThrow(/not taken/);
    const path = join(folder.path, 'download');
    writeFileSync(path, FILE);
    checkDownload(path, offer);
    for (let at = 0; at < FILE.length; at++) {
      const tampered = Buffer.from(FILE);
      tampered[at] = (tampered[at] ?? 0) ^ 1;
      writeFileSync(path, tampered);
      expect(() => checkDownload(path, offer)).toThrow(/what came is not what is signed/);
    }
  });

  it('compares versions as numbers', () => {
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
    expect(compareVersions('1.9.9', '1.10.0')).toBeLessThan(0);
    expect(compareVersions('2.0.0', '2.0.0')).toBe(0);
  });
});

describe('when an update may be installed', () => {
  const quiet = { agentsRunning: 0, cyclesRunning: [], tradingState: 'active' };
  const engine = (status: object | undefined, openOrders: readonly unknown[] = [], accounts: readonly unknown[] = []) =>
    ({
      invoke: (name: string) =>
        status === undefined
          ? Promise.reject(new Error('gone'))
          : Promise.resolve(
              { 'engine.status': status, 'portfolio.get': { openOrders }, 'accounts.list': accounts }[name],
            ),
    }) as unknown as Parameters<typeof whyNotInstall>[0];

  it.each([
    ['nothing trades', engine(quiet), undefined],
    ['trading is halted, with accounts at venues', engine({ ...quiet, tradingState: 'halted' }, [], [{}]), undefined],
    ['an agent runs', engine({ ...quiet, agentsRunning: 1 }), 'an agent is running'],
    ['a cycle runs', engine({ ...quiet, cyclesRunning: [4] }), 'an agent is running'],
    ['positions are wound down', engine({ ...quiet, tradingState: 'reducing' }), 'positions are being wound down'],
    ['an order is open', engine(quiet, [{}]), 'orders are open'],
    ['an account at a venue is open', engine(quiet, [], [{}]), 'accounts at venues are open: halt trading first'],
    [
      'the vault is locked',
      engine({ sealed: 'locked', tradingState: 'unknown' }),
      'the program is locked, and an agent may be trading',
    ],
    ['the engine is silent', engine(undefined), 'the engine does not answer'],
  ])('%s', async (_when, client, why) => {
    expect(await whyNotInstall(client)).toBe(why);
  });
});
