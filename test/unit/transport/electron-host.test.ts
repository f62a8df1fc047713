import { describe, expect, test } from 'vitest';
import type { Port } from '#shared/transport/port.ts';
import {
  APP_ORIGIN,
  DOWN_CHANNEL,
  hostOnWindow,
  isOwnPage,
  type SenderEvent,
  UP_CHANNEL,
} from '../../../src/main/electron-host.ts';

const OUR_WINDOW = 7;
const from = (origin: string, more: { id?: number; parent?: unknown } = {}): SenderEvent => ({
  sender: { id: more.id ?? OUR_WINDOW },
  senderFrame: { origin, parent: more.parent ?? null },
});

const destroyed: SenderEvent = {
  sender: { id: OUR_WINDOW },
  get senderFrame(): never {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
};
const destroyedLater: SenderEvent = {
  sender: { id: OUR_WINDOW },
  senderFrame: {
    parent: null,
    get origin(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  },
};

const FORGED: readonly (readonly [what: string, event: SenderEvent])[] = [
  ['a page of the web', from('https://example.com')],
  ['an origin that begins like ours', from('app://master-trader.evil')],
  ['an origin that begins like ours, with a port', from('app://master-trader:81')],
  ['an origin that ends like ours', from('https://x/app://master-trader')],
  ['our origin in other letters', from('APP://master-trader')],
  ['our origin with a slash', from('app://master-trader/')],
  ['our scheme, another host', from('app://bundle')],
  ['a file', from('file://')],
  ['about:blank', from('about:blank')],
  ['an opaque origin', from('null')],
  ['an empty origin', from('')],
  ['a frame inside our page', from(APP_ORIGIN, { parent: {} })],
  ['another window', from(APP_ORIGIN, { id: 8 })],
  ['a frame that is gone', { sender: { id: OUR_WINDOW }, senderFrame: null }],
  ['a frame destroyed before it is looked at', destroyed],
  ['a frame destroyed while it is looked at', destroyedLater],
];

describe('who may speak for the window', () => {
  test('our own page in our own window', () => {
    expect(isOwnPage(from(APP_ORIGIN), OUR_WINDOW, [APP_ORIGIN])).toBe(true);
  });

  test.each(FORGED)('not %s', (_what, event) => {
    expect(isOwnPage(event, OUR_WINDOW, [APP_ORIGIN])).toBe(false);
  });

  test('the dev page only when it was named, and then only exactly', () => {
    const dev = from('http://localhost:5173');
    expect(isOwnPage(dev, OUR_WINDOW, [APP_ORIGIN])).toBe(false);
    expect(isOwnPage(dev, OUR_WINDOW, [APP_ORIGIN, 'http://localhost:5173'])).toBe(true);
    expect(isOwnPage(from('http://localhost:51730'), OUR_WINDOW, [APP_ORIGIN, 'http://localhost:5173'])).toBe(false);
  });
});

type Hear = (event: SenderEvent, ...args: unknown[]) => void;

const openWindow = (devOrigin?: string) => {
  const hearing = new Map<string, Hear>();
  const sent: unknown[] = [];
  const frames: unknown[] = [];
  let ended: (() => void) | undefined;
  let gone = false;
  let strangers = 0;
  let closes = 0;
  let port: Port | undefined;
  hostOnWindow({
    ipcMain: {
      on: (channel, hear) => hearing.set(channel, hear),
      removeListener: (channel) => hearing.delete(channel),
    },
    webContents: {
      id: OUR_WINDOW,
      isDestroyed: () => gone,
      send: (channel, frame) => sent.push([channel, frame]),
      once: (_event, listener) => {
        ended = listener;
      },
    },
    serve: (given) => {
      port = given;
      given.onFrame((frame) => frames.push(frame));
      given.onClose(() => {
        closes += 1;
      });
      return () => given.close();
    },
    onStranger: () => {
      strangers += 1;
    },
    ...(devOrigin === undefined ? {} : { devOrigin }),
  });
  return {
    say: (event: SenderEvent, ...args: unknown[]) => hearing.get(UP_CHANNEL)?.(event, ...args),
    destroy: () => {
      gone = true;
      ended?.();
    },
    send: (frame: unknown) => port?.send(frame),
    frames,
    sent,
    hearing,
    strangers: () => strangers,
    closes: () => closes,
  };
};

describe('the host on a window', () => {
  test('hears its page, answers on one channel, and is deaf to every forgery', () => {
    const window = openWindow();
    for (const [, event] of FORGED) window.say(event, { t: 'hello' });
    expect(window.frames).toStrictEqual([]);
    window.say(from(APP_ORIGIN), { t: 'hello' });
    expect(window.frames).toStrictEqual([{ t: 'hello' }]);
    window.send({ t: 'welcome' });
    expect(window.sent).toStrictEqual([[DOWN_CHANNEL, { t: 'welcome' }]]);
    // Another window on the same channel is not a forgery of ours.
    expect(window.strangers()).toBe(FORGED.length - 1);
  });

  test('takes exactly one frame a message', () => {
    const window = openWindow();
    window.say(from(APP_ORIGIN));
    window.say(from(APP_ORIGIN), { t: 'hello' }, 'more');
    expect(window.frames).toStrictEqual([]);
  });

  test('ends with its window: no listener is left, nothing is sent any more', () => {
    const window = openWindow();
    window.destroy();
    window.send({ t: 'welcome' });
    expect([window.hearing.size, window.sent, window.closes()]).toStrictEqual([0, [], 1]);
  });
});
