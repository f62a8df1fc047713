import { z } from 'zod';
import { alertView } from './alerts.ts';
import { call } from './define.ts';
import { nothing, unixMsNumber } from './primitives.ts';

export const outboundChannel = z.enum(['webhook', 'telegram', 'email']);
const least = alertView.shape.urgency;
const common = { least, amounts: z.boolean() };
const mailText = z
  .string()
  .max(200)
  .regex(/^[^\s<>@,;]{1,100}@[^\s<>@,;]{1,100}$/, 'is not the address of a mailbox');
const hostText = z
  .string()
  .max(200)
  .regex(/^[\w.:[\]-]+$/, 'is not the name of a host');
const portNumber = z.int().min(1).max(65_535);

/** What may be shown of a channel: everything but its secret. */
export const outboundSetting = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('webhook'), url: z.url().max(500), ...common }),
  z.strictObject({
    channel: z.literal('telegram'),
    api: z.url().max(200),
    chat: z.string().regex(/^[@\w-]{1,64}$/),
    ...common,
  }),
  z.strictObject({
    channel: z.literal('email'),
    host: hostText,
    port: portNumber,
    from: mailText,
    to: mailText,
    ...common,
  }),
]);
export type OutboundSettingView = z.infer<typeof outboundSetting>;

export const outboundView = z.strictObject({
  channels: z.array(z.strictObject({ setting: outboundSetting, ready: z.boolean() })),
});
export type OutboundView = z.infer<typeof outboundView>;

/** A bot's token, a signing secret, a password: they only come in. A token goes into an address, so it may hold nothing that ends one. */
const secretText = z.string().min(8).max(500);
export const outboundLog = z.strictObject({
  entries: z.array(
    z.strictObject({
      at: unixMsNumber,
      channel: z.string().max(40),
      host: z.string().max(300),
      kind: z.string().max(60),
      outcome: z.enum(['sent', 'failed']),
      tries: z.int(),
    }),
  ),
});

const TEST_MS = 30_000;

export const outboundContract = {
  /** Off, every one of them, until the master sets it. */
  'outbound.show': call('view', nothing, outboundView),
  /** Needs a second proof. A secret that is left out stays as it was. */
  'outbound.set': call(
    'admin',
    z.strictObject({
      setting: outboundSetting,
      user: z.string().min(1).max(200).optional(),
      secret: secretText.optional(),
    }),
    outboundView,
  ),
  'outbound.remove': call('admin', z.strictObject({ channel: outboundChannel }), outboundView),
  /** Sends one message and waits for what comes of it. */
  'outbound.test': call(
    'admin',
    z.strictObject({ channel: outboundChannel }),
    z.strictObject({ sent: z.literal(true) }),
    TEST_MS,
  ),
  /** What left this machine: when, to which host, of which kind. Never what it said. */
  'outbound.log': call('view', z.strictObject({ limit: z.int().min(1).max(1_000).default(100) }), outboundLog),
} as const;
