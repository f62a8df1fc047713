import { connect, type Socket } from 'node:net';
import type { OutboundSetting } from '#core/alerts/outbound-setting.ts';
import { checkHost, guardedLookup, isLoopbackHost, type Resolve } from './addresses.ts';
import type { ChannelSecret } from './channel-secrets.ts';
import type { OutboundMessage } from './send.ts';

const SMTP_MS = 10_000;
const SMTPS_PORT = 465;

/**
 * Sends one message through a mail server. Like a web address its host leads nowhere inside of a private network, and to this machine only by
 * its own names: a name could be made to lead there, with the password of the mailbox. Rejects with what went wrong; never with the password in it.
 */
export async function sendEmail(
  { host, port, from, to }: Extract<OutboundSetting, { readonly channel: 'email' }>,
  { user, secret }: ChannelSecret,
  message: OutboundMessage,
  resolve?: Resolve,
): Promise<void> {
  checkHost(host);
  const local = isLoopbackHost(host);
  // Large, and needed only by those who have set it.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    // The name is judged and connected to in one: asked for once more it could lead elsewhere. The certificate is still that of the name.
    getSocket: (_options, done) => connectGuarded(host, port, resolve, done),
    secure: port === SMTPS_PORT,
    // Whoever stands between must not be able to talk us out of encryption; on this machine nobody does.
    requireTLS: !local && port !== SMTPS_PORT,
    ignoreTLS: local,
    auth: { user, pass: secret },
    connectionTimeout: SMTP_MS,
    greetingTimeout: SMTP_MS,
    socketTimeout: SMTP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from,
      to,
      subject: `Master Trader: ${message.kind.replaceAll('_', ' ')}`,
      text: message.text,
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    if (code === 'EPRIVATE') throw error;
    throw new Error(`the mail server did not take it (${code})`, { cause: error });
  } finally {
    transport.close();
  }
}

type Connected = (error: Error | null, options?: { readonly connection: Socket }) => void;

/** Connects to an address that was judged; errs with what the system says, `EPRIVATE` for a name that leads inside, `ETIMEDOUT` after some seconds. */
function connectGuarded(host: string, port: number, resolve: Resolve | undefined, done: Connected): void {
  const socket = connect({ host, port, lookup: guardedLookup(host, resolve) });
  const late = setTimeout(
    () => socket.destroy(Object.assign(new Error('the mail server does not answer'), { code: 'ETIMEDOUT' })),
    SMTP_MS,
  );
  const failed = (error: Error): void => {
    clearTimeout(late);
    done(error);
  };
  socket.once('error', failed);
  socket.once('connect', () => {
    clearTimeout(late);
    socket.off('error', failed);
    done(null, { connection: socket });
  });
}
