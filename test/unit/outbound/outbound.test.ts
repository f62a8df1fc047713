import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import type { Announcement, Raised } from '#core/alerts/alert-desk.ts';
import type { OutboundSetting } from '#core/alerts/outbound-setting.ts';
import type { ExchangeKey, ExchangeKeys } from '#core/ports/exchange-keys.ts';
import { checkAddress, guardedLookup, type Resolve } from '#host/outbound/addresses.ts';
import { openOutbound } from '#host/outbound/outbound-desk.ts';
import { postJson } from '#host/outbound/post-json.ts';
import { signatureOf } from '#host/outbound/send.ts';
import { openTestStorage, START } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SECRET = 'canary-signing-secret-77';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

type Got = { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string };

/** A web server of our own that notes what comes, and answers with the given statuses in turn, the last of them for ever. */
async function webServer(statuses: readonly number[] = [200], headers: Readonly<Record<string, string>> = {}) {
  const got: Got[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body });
      const status = statuses[Math.min(got.length, statuses.length) - 1] ?? 200;
      if (status > 0) response.writeHead(status, headers).end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A mail server of our own, on this machine, that notes who comes and what is brought. */
async function mailServer() {
  const mails: string[] = [];
  const logins: string[] = [];
  let connections = 0;
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth(auth, _session, done) {
      logins.push(`${auth.username}:${auth.password}`);
      done(null, { user: auth.username });
    },
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  ends.push(() => new Promise<void>((done) => server.close(() => done())));
  return { mails, logins, connected: () => connections, port: (server.server.address() as AddressInfo).port };
}
const mailbox = (host: string, port: number): OutboundSetting => ({
  channel: 'email',
  host,
  port,
  from: 'trader@example.org',
  to: 'me@example.org',
  least: 'low',
  amounts: false,
});

/** The desk over real databases, with keys in memory and waits that are over at once. */
function openDesk(resolve?: Resolve) {
  const folder = tempFolder('mt-outbound');
  ends.push(folder.remove);
  const storage = openTestStorage(folder.path);
  ends.push(() => storage.close());
  const kept = new Map<string, ExchangeKey>();
  const failing = { record: false, remove: false };
  const keys: ExchangeKeys = {
    names: () => [...kept.values()].map(({ name, venue }) => ({ name, venue, addedAt: 0 })),
    put({ name, venue, apiKey = '', secret = '' }) {
      kept.set(name, { name, venue, apiKey, secret });
      return 'added';
    },
    remove(name) {
      if (failing.remove) throw new Error('the disk is full');
      kept.delete(name);
    },
    read: (name) => kept.get(name) ?? { name, venue: '', apiKey: '', secret: '' },
  };
  const raised: Raised[] = [];
  const waits: number[] = [];
  let meanwhile = (): void => undefined;
  const options = {
    journal: () => ({
      ...storage.journal,
      append(...given: Parameters<typeof storage.journal.append>) {
        if (failing.record) throw new Error('the disk is full');
        return storage.journal.append(...given);
      },
    }),
    keys: () => keys,
    store: storage.alerts,
    alerts: () => ({ raise: (one: Raised) => void raised.push(one) }),
    logger: createRingLogger({ verbose: false }),
    now: () => START,
    ...(resolve === undefined ? {} : { resolve }),
    wait: (ms: number) => {
      waits.push(ms);
      meanwhile();
      return Promise.resolve();
    },
  };
  const desk = openOutbound(options);
  ends.push(() => desk.close());
  /** What the master does while a message waits for its next try. */
  const whileWaiting = (act: () => void): void => {
    meanwhile = act;
  };
  return { desk, storage, raised, waits, kept, failing, whileWaiting, again: () => openOutbound(options) };
}

const alert = (part: Partial<Announcement['alert']> = {}): Announcement => ({
  tell: true,
  alert: {
    id: 7,
    kind: 'agent_ended',
    urgency: 'low',
    environment: 'simulated',
    at: START,
    lastAt: START,
    count: 1,
    text: '−12.40 USDT: A-7 has ended',
    hidden: '•••: A-7 has ended',
    link: '/agents/A-7',
    read: false,
    heldBack: null,
    ...part,
  },
});
const webhook = (url: string, part: Partial<OutboundSetting> = {}): OutboundSetting =>
  ({ channel: 'webhook', url, least: 'low', amounts: false, ...part }) as OutboundSetting;
const given = { user: 'webhook', secret: SECRET };

describe('alerts out of this machine', () => {
  it('are off until they are set; then a webhook gets them signed, without amounts, and the host is written down', async () => {
    const { got, url } = await webServer();
    const { desk, storage } = openDesk();
    desk.heard(alert());
    desk.set(webhook(`${url}/hook`), given, START);
    desk.heard(alert());
    await expect.poll(() => got.length).toBe(1);
    const body = got[0]?.body ?? '';
    expect(JSON.parse(body)).toEqual({
      id: 7,
      kind: 'agent_ended',
      urgency: 'low',
      environment: 'simulated',
      at: START,
      text: '•••: A-7 has ended',
    });
    expect(got[0]?.headers['x-master-trader-signature']).toBe(signatureOf(SECRET, START, body));
    await expect
      .poll(() => desk.log(10))
      .toMatchObject([{ host: new URL(url).host, kind: 'agent_ended', outcome: 'sent', tries: 1 }]);
    expect(JSON.stringify([desk.log(10), storage.journal.read(0, 10)])).not.toMatch(/12\.40|canary/);
  });

  it('hold amounts when that was allowed, and leave out what is not urgent enough or was not told', async () => {
    const { got, url } = await webServer();
    const { desk } = openDesk();
    desk.set(webhook(url, { least: 'normal', amounts: true }), given, START);
    desk.heard(alert());
    desk.heard({ ...alert({ urgency: 'critical' }), tell: false });
    desk.heard(alert({ urgency: 'critical', id: 8 }));
    await expect
      .poll(() => got.map(({ body }) => (JSON.parse(body) as { id: number; text: string }).text))
      .toEqual(['−12.40 USDT: A-7 has ended']);
  });

  it('are tried three times with growing waits, and what then failed is an alert at home and no message outside', async () => {
    const { got, url } = await webServer([500, 500, 200, 503]);
    const { desk, raised, waits } = openDesk();
    desk.set(webhook(url), given, START);
    desk.heard(alert());
    await expect.poll(() => desk.log(10).length).toBe(3);
    expect(desk.log(10).map(({ outcome }) => outcome)).toEqual(['sent', 'failed', 'failed']);
    expect(raised).toEqual([]);
    desk.heard(alert());
    await expect.poll(() => raised.length).toBe(1);
    expect(raised).toMatchObject([
      { kind: 'outbound_failed', facts: { tries: 3, channel: 'webhook', why: 'it answers with status 503' } },
    ]);
    expect(waits).toEqual([1_000, 5_000, 1_000, 5_000]);
    desk.heard(alert({ kind: 'outbound_failed', urgency: 'normal' }));
    await new Promise((done) => setTimeout(done, 50));
    expect(got).toHaveLength(6);
  });

  it('that wait for another try go where the channel leads by then, and never to the old place with the new secret', async () => {
    const before = await webServer([500]);
    const after = await webServer();
    const { desk, whileWaiting, raised } = openDesk();
    const telegram = (api: string): OutboundSetting => ({
      channel: 'telegram',
      api,
      chat: '42',
      least: 'low',
      amounts: true,
    });
    desk.set(telegram(before.url), { user: 'telegram', secret: '1:old' }, START);
    whileWaiting(() =>
      desk.set({ ...telegram(after.url), amounts: false }, { user: 'telegram', secret: '2:new' }, START),
    );
    desk.heard(alert());
    await expect.poll(() => desk.log(10).length).toBe(2);
    expect(before.got.map(({ path }) => path)).toEqual(['/bot1:old/sendMessage']);
    expect(after.got.map(({ path }) => path)).toEqual(['/bot2:new/sendMessage']);
    expect(after.got[0]?.body).not.toContain('12.40');
    expect(raised).toEqual([]);
  });

  it('that wait are not sent any more once their channel was removed, and nobody is told of a failure', async () => {
    const { got, url } = await webServer([500]);
    const { desk, whileWaiting, raised } = openDesk();
    desk.set(webhook(url), given, START);
    whileWaiting(() => desk.remove('webhook', START));
    desk.heard(alert());
    desk.heard(alert({ id: 8 }));
    await expect.poll(() => desk.log(10).length).toBe(1);
    await new Promise((done) => setTimeout(done, 50));
    expect([got.length, desk.log(10).length, raised]).toEqual([1, 1, []]);
  });

  it('never follow a redirect, and give up on a host that says nothing', async () => {
    const target = await webServer();
    const moved = await webServer([302], { location: target.url });
    await expect(postJson(moved.url, '{}')).rejects.toThrow('it answers with status 302');
    expect(target.got).toEqual([]);
    const silent = await webServer([0]);
    await expect(postJson(silent.url, '{}', {}, 100)).rejects.toThrow('no answer within 0.1 s');
  });

  it('reach a chat of Telegram by the token in the vault, which no message, list or record holds', async () => {
    const { got, url } = await webServer();
    const { desk, storage, again } = openDesk();
    const setting = { channel: 'telegram', api: url, chat: '42', least: 'low', amounts: false } as const;
    desk.set(setting, { user: 'telegram', secret: '123:canary-token' }, START);
    await desk.test('telegram');
    expect(got).toMatchObject([{ path: '/bot123:canary-token/sendMessage' }]);
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({ chat_id: '42', text: expect.stringMatching(/test/) });
    const records = storage.journal.read(0, 10);
    expect(JSON.stringify([records, desk.settings(), desk.log(10)])).not.toContain('canary');
    const after = again();
    for (const record of records) after.note(record);
    expect(after.settings()).toEqual([setting]);
    desk.remove('telegram', START);
    expect(desk.hasSecret('telegram')).toBe(false);
    await expect(desk.test('telegram')).rejects.toThrow(/not set/);
  });

  it('reach a mailbox through a mail server that asks for the password', async () => {
    const { mails, logins, port } = await mailServer();
    const { desk } = openDesk();
    for (const host of ['127.0.0.1', 'localhost']) {
      desk.set(mailbox(host, port), { user: 'trader', secret: 'canary-password' }, START);
      await desk.test('email');
    }
    expect(logins).toEqual(['trader:canary-password', 'trader:canary-password']);
    expect(mails).toHaveLength(2);
    expect(mails[0]).toContain('To: me@example.org');
    expect(mails[0]).toContain('the channel works');
    expect(mails[0]).not.toContain('canary');
  });

  it('reach no mail server of a private network and none of this machine by a name of the open net, and give it no password', async () => {
    const { mails, connected, port } = await mailServer();
    const { desk } = openDesk((_name, answer) => answer(null, ['127.0.0.1']));
    desk.set(mailbox('mail.example.org', port), { user: 'trader', secret: 'canary-password' }, START);
    await expect(desk.test('email')).rejects.toThrow('the name leads into a private network');
    expect([mails, connected()]).toEqual([[], 0]);
    expect(() => desk.set(mailbox('192.168.1.1', port), { user: 'trader', secret: 'canary-password' }, START)).toThrow(
      'is an address of a private network',
    );
  });

  it('need the secret again when they would go to another place, so that nobody learns it by sending it to himself', () => {
    const { desk } = openDesk();
    const webhook = (url: string): OutboundSetting => ({ channel: 'webhook', url, least: 'low', amounts: false });
    desk.set(webhook('https://hooks.example.org/a'), { user: 'webhook', secret: SECRET }, START);
    expect(() => desk.set(webhook('https://other.example.org/a'), undefined, START)).toThrow('to another place');
    expect(desk.settings()).toEqual([webhook('https://hooks.example.org/a')]);
    desk.set({ ...webhook('https://hooks.example.org/b'), least: 'critical' }, undefined, START);
    desk.set(webhook('https://other.example.org/a'), { user: 'webhook', secret: `${SECRET}2` }, START);
    expect(desk.settings()).toEqual([webhook('https://other.example.org/a')]);
  });

  it('keep the old secret for the old place when the new one cannot be recorded, and nothing of the new one', async () => {
    const before = await webServer();
    const { desk, kept, failing } = openDesk();
    const telegram = (api: string): OutboundSetting =>
      ({ channel: 'telegram', api, chat: '42', least: 'low', amounts: false }) as const;
    desk.set(telegram(before.url), { user: 'telegram', secret: '1:old' }, START);
    failing.record = true;
    const elsewhere = () => desk.set(telegram('https://api.example.org'), { user: 'telegram', secret: '2:new' }, START);
    expect(elsewhere).toThrow('the disk is full');
    await desk.test('telegram');
    expect(before.got.map(({ path }) => path)).toEqual(['/bot1:old/sendMessage']);
    expect([...kept.values()].map(({ secret }) => secret)).toEqual(['1:old']);
    failing.record = false;
    elsewhere();
    expect([...kept.values()].map(({ secret }) => secret)).toEqual(['2:new']);
  });

  it('keep after an end of the program only the secret that a record names: one of a new channel goes nowhere', () => {
    const { desk, kept, storage, failing, again } = openDesk();
    const restarted = () => {
      const next = again();
      for (const record of storage.journal.read(0, 10)) next.note(record);
      next.begin();
      return next;
    };
    const first = webhook('https://hooks.example.org/a');
    // The program ends before the record: what would take the secret back is gone with it.
    failing.record = failing.remove = true;
    expect(() => desk.set(first, given, START)).toThrow('the disk is full');
    expect(kept.size).toBe(1);
    failing.record = failing.remove = false;
    const second = restarted();
    expect(kept.size).toBe(0);
    expect(() => second.set(webhook('https://collect.example.org'), undefined, START)).toThrow('lacks its secret');
    second.set(first, given, START);
    // And between the record and the end of the secret before.
    failing.remove = true;
    second.set(first, { ...given, secret: `${SECRET}2` }, START);
    expect(kept.size).toBe(2);
    failing.remove = false;
    const third = restarted();
    expect([...kept.values()].map(({ secret }) => secret)).toEqual([`${SECRET}2`]);
    expect([third.settings(), third.hasSecret('webhook')]).toEqual([[first], true]);
  });

  it('need a secret, and are not set by what cannot be reached safely', () => {
    const { desk, kept } = openDesk();
    expect(() => desk.set(webhook('http://127.0.0.1:9/x'), undefined, START)).toThrow(/lacks its secret/);
    for (const url of [
      'http://example.org/hook',
      'ftp://example.org',
      'https://me:secret@example.org',
      'https://10.0.0.5/hook',
      'https://192.168.1.1/',
      'https://169.254.169.254/latest',
      'https://[fd00::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://0x0a000001/',
      'no address',
    ])
      expect(() => desk.set(webhook(url), given, START), url).toThrow();
    expect(desk.settings()).toEqual([]);
    expect([...kept.keys()]).toEqual([]);
    expect(checkAddress('https://example.org/hook').host).toBe('example.org');
  });
});

describe('the lookup of a host', () => {
  const ask = (hostname: string, addresses: readonly string[]): Promise<unknown> =>
    new Promise((done) => {
      guardedLookup(hostname, (_asked, answer) => answer(null, addresses))(hostname, { all: true }, (error, found) =>
        done(error === null ? found : error.message),
      );
    });

  it('answers no private address for a name of the open net, and this machine for its own names alone', async () => {
    const refused = 'the name leads into a private network';
    for (const inside of [
      '10.1.2.3',
      '127.0.0.1',
      '192.168.0.9',
      '::1',
      'fd12::1',
      '169.254.169.254',
      '::ffff:192.168.0.1',
    ])
      expect(await ask('example.org', [inside]), inside).toBe(refused);
    expect(await ask('example.org', ['10.0.0.1', '93.184.215.14'])).toEqual([{ address: '93.184.215.14', family: 4 }]);
    expect(await ask('localhost', ['127.0.0.1'])).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(await ask('localhost', ['93.184.215.14'])).toBe(refused);
  });
});
