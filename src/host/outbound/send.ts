import { createHmac } from 'node:crypto';
import type { OutboundSetting } from '#core/alerts/outbound-setting.ts';
import type { Resolve } from './addresses.ts';
import { postJson } from './post-json.ts';
import { sendEmail } from './send-email.ts';

/** What is said to the outside; nothing else of an alert leaves. */
export type OutboundMessage = {
  readonly id: number;
  readonly kind: string;
  readonly urgency: string;
  readonly environment: string | null;
  readonly at: number;
  readonly text: string;
};

/** The signature that a webhook's owner checks: HMAC-SHA256 of the moment, a dot and the body, under the secret that both know. */
export const signatureOf = (secret: string, at: number, body: string): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

/** Which host a channel speaks to, for the record of what left. */
export const hostOf = (setting: OutboundSetting): string => {
  if (setting.channel === 'email') return setting.host;
  return new URL(setting.channel === 'webhook' ? setting.url : setting.api).host;
};

/** Sends one message once. `user` and `secret` come from the vault. Rejects with what went wrong; never with the secret in it. */
export async function sendOnce(
  setting: OutboundSetting,
  { user, secret }: { readonly user: string; readonly secret: string },
  message: OutboundMessage,
  now: () => number,
  resolve?: Resolve,
): Promise<void> {
  switch (setting.channel) {
    case 'webhook': {
      const body = JSON.stringify(message);
      return postJson(setting.url, body, { 'x-master-trader-signature': signatureOf(secret, now(), body) });
    }
    case 'telegram': {
      const body = JSON.stringify({ chat_id: setting.chat, text: `Master Trader: ${message.text}` });
      return postJson(`${setting.api.replace(/\/$/, '')}/bot${secret}/sendMessage`, body);
    }
    case 'email':
      return sendEmail(setting, { user, secret }, message, resolve);
  }
}
