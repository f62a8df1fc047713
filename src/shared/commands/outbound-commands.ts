import { z } from 'zod';
import { outboundChannel, outboundLog, outboundView } from '../contract/outbound.ts';
import { command } from './command.ts';
import { flag, option, positional, wholeNumber } from './fields.ts';

const SECRET_NOTE =
  'The secret is asked for, or read from the first line of standard input with --stdin; it is kept in the vault and never shown.';
const leastArg = () =>
  option(
    z.enum(['critical', 'normal', 'low'], { error: 'is no urgency' }).default('critical'),
    'URGENCY',
    'the least urgent that is sent; critical when left out',
    'choose one of critical, normal, low',
  );
const amountsFlag = () => flag('let what is sent hold amounts of money');
const stdinFlag = () => flag('read the secret from standard input');
const text = (most: number) => z.string().min(1, 'is empty').max(most, 'is too long');

const show = command({
  id: 'outbound.show',
  words: ['outbound', 'show'],
  summary: 'Show where alerts are sent outside of this machine; nowhere until it is set',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt outbound show'],
  output: outboundView,
});

const webhook = command({
  id: 'outbound.webhook',
  words: ['outbound', 'webhook'],
  summary: 'Send alerts to a web address, signed with a secret that both sides know',
  detail: `HMAC-SHA256 in the header X-Master-Trader-Signature. https, or this machine; never a private network, never a redirect. ${SECRET_NOTE}`,
  risk: 'admin',
  args: z.strictObject({
    url: positional(text(500), 'URL', 'where to', 'write it as https://example.org/hook'),
    least: leastArg(),
    amounts: amountsFlag(),
    stdin: stdinFlag(),
  }),
  examples: ['mt outbound webhook https://example.org/hook --least normal'],
  output: outboundView,
});

const telegram = command({
  id: 'outbound.telegram',
  words: ['outbound', 'telegram'],
  summary: 'Send alerts to a chat of Telegram by a bot of yours',
  detail: SECRET_NOTE,
  risk: 'admin',
  args: z.strictObject({
    chat: positional(text(64), 'CHAT', 'the chat, by its number or @name', 'a number, or @name'),
    api: option(text(200).default('https://api.telegram.org'), 'URL', "the bot API's address", 'an https address'),
    least: leastArg(),
    amounts: amountsFlag(),
    stdin: stdinFlag(),
  }),
  examples: ['mt outbound telegram 123456789'],
  output: outboundView,
});

const email = command({
  id: 'outbound.email',
  words: ['outbound', 'email'],
  summary: 'Send alerts by e-mail through a mail server that takes a password, always encrypted',
  detail: SECRET_NOTE,
  risk: 'admin',
  args: z.strictObject({
    to: positional(text(200), 'TO', 'who gets them', 'the address of a mailbox'),
    host: option(text(200), 'HOST', 'the mail server', 'the name of a host'),
    port: option(
      wholeNumber(1, 65_535).default(587),
      'N',
      'its port; 587 when left out',
      'a port is a whole number from 1 to 65535',
    ),
    from: option(text(200), 'FROM', 'whose name they carry', 'the address of a mailbox'),
    user: option(text(200).optional(), 'USER', 'who logs in; the sender when left out', 'a name'),
    least: leastArg(),
    amounts: amountsFlag(),
    stdin: stdinFlag(),
  }),
  examples: ['mt outbound email me@example.org --host mail.example.org --from trader@example.org'],
  output: outboundView,
});

const channelArg = () =>
  positional(outboundChannel, 'CHANNEL', 'webhook, telegram or email', 'choose one of webhook, telegram, email');

const test = command({
  id: 'outbound.test',
  words: ['outbound', 'test'],
  summary: 'Send one message by a channel now, and say whether it arrived',
  risk: 'admin',
  args: z.strictObject({ channel: channelArg() }),
  examples: ['mt outbound test webhook'],
  output: z.strictObject({ sent: z.literal(true) }),
});

const remove = command({
  id: 'outbound.remove',
  words: ['outbound', 'remove'],
  summary: 'Send nothing by a channel any more, and forget its secret',
  risk: 'reduce',
  args: z.strictObject({ channel: channelArg() }),
  examples: ['mt outbound remove telegram'],
  output: outboundView,
});

const log = command({
  id: 'outbound.log',
  words: ['outbound', 'log'],
  summary: 'List what left this machine: when, to which host, of which kind; never what it said',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt outbound log'],
  output: outboundLog,
});

export const outboundCommands = [show, webhook, telegram, email, test, remove, log] as const;
