import { appContract } from '#shared/contract/app-contract.ts';
import { createListeners } from '#shared/transport/ports.ts';
import { APP_ORIGIN, hostOnWindow, type SenderEvent, UP_CHANNEL } from '../../src/main/electron-host.ts';
import type { Proof } from './types.ts';

const OURS = 7;
const frame = (origin: string, parent: unknown = null) => ({ origin, parent });
const gone = {
  sender: { id: OURS },
  get senderFrame(): never {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
};
const goneLater = {
  sender: { id: OURS },
  senderFrame: {
    parent: null,
    get origin(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  },
};
const FORGED: readonly (readonly [what: string, event: SenderEvent])[] = [
  ['a wrong origin', { sender: { id: OURS }, senderFrame: frame('https://example.com') }],
  ['an origin that begins like ours', { sender: { id: OURS }, senderFrame: frame(`${APP_ORIGIN}.evil`) }],
  ['a subframe', { sender: { id: OURS }, senderFrame: frame(APP_ORIGIN, frame(APP_ORIGIN)) }],
  ['a null frame', { sender: { id: OURS }, senderFrame: null }],
  ['about:blank', { sender: { id: OURS }, senderFrame: frame('null') }],
  ['an empty origin', { sender: { id: OURS }, senderFrame: frame('') }],
  ['another window', { sender: { id: OURS + 1 }, senderFrame: frame(APP_ORIGIN) }],
  ['a frame that throws when touched', gone],
  ['a frame that throws when its origin is read', goneLater],
];
const FOREIGN_CHANNELS = ['mt:down', 'mt:up2', 'mt', 'ELECTRON_BROWSER_REQUIRE', ''] as const;

/** Messages to the main process that do not come from our page: none may reach the contract, whatever it asks for. */
export const s2: Proof = {
  id: 'S2',
  title: 'nobody but our page is heard',
  run() {
    const channels = new Map<string, ReturnType<typeof createListeners<readonly [SenderEvent, ...unknown[]]>>>();
    let heard = 0;
    const ends = createListeners<void>();
    hostOnWindow({
      ipcMain: {
        on(channel, listener) {
          const own = channels.get(channel) ?? createListeners<readonly [SenderEvent, ...unknown[]]>();
          channels.set(channel, own);
          own.add(([event, ...args]) => listener(event, ...args));
        },
        removeListener: (channel) => void channels.delete(channel),
      },
      webContents: {
        id: OURS,
        isDestroyed: () => false,
        send: () => undefined,
        once: (_event, listener) => void ends.add(() => listener()),
      },
      serve: (port) =>
        port.onFrame(() => {
          heard += 1;
        }),
    });
    const say = (channel: string, event: SenderEvent, ...args: readonly unknown[]): void =>
      channels.get(channel)?.emit([event, ...args]);
    const own: SenderEvent = { sender: { id: OURS }, senderFrame: frame(APP_ORIGIN) };
    const asked = Object.entries(appContract).map(([name, { kind }], id) =>
      kind === 'call' ? { t: 'call', id, name, input: {} } : { t: 'sub', id, name },
    );
    let sent = 0;
    for (const [, event] of FORGED)
      for (const message of asked) {
        say(UP_CHANNEL, event, message);
        sent += 1;
      }
    const forged = heard;
    for (const channel of FOREIGN_CHANNELS)
      for (const message of asked) {
        say(channel, own, message);
        sent += 1;
      }
    say(UP_CHANNEL, own, asked[0], 'a second argument');
    const foreign = heard - forged;
    for (const message of asked) say(UP_CHANNEL, own, message);
    const right = heard - forged - foreign;
    ends.emit();
    for (const message of asked) say(UP_CHANNEL, own, message);
    const afterEnd = heard - forged - foreign - right;
    const wrong = forged + foreign + afterEnd;
    return Promise.resolve({
      kind: 'ran',
      rows: [
        {
          what: `messages of ${FORGED.length} forged senders, ${FOREIGN_CHANNELS.length} foreign channels and a destroyed window that were heard, for each of ${asked.length} entries of the contract`,
          goal: '0',
          measured: String(wrong),
          n: sent + asked.length + 1,
          kind: 'goal',
          met: wrong === 0,
        },
        {
          what: 'control: the same messages of our own page, which have to be heard',
          goal: 'all',
          measured: `${right} of ${asked.length}`,
          n: asked.length,
          kind: 'control',
          met: right === asked.length,
        },
      ],
    });
  },
};
