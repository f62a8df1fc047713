import { Fault } from '#core/kernel/fault.ts';
import { LOOPBACK } from '../loopback-guard.ts';
import { readOffer, type UpdateOffer } from './offer.ts';

const MAX_BYTES = 64 * 1024;
const TIMEOUT_MS = 20_000;

const unreachable = (why: string): Fault =>
  new Fault('unreachable', `the place of updates did not answer: ${why}`, 'try again later; nothing was changed');

/** Over https, or on this machine itself; redirections are not followed. */
const read = async (address: URL): Promise<string> => {
  if (address.protocol !== 'https:' && address.hostname !== LOOPBACK)
    throw new Fault('refused', 'updates are fetched over https only', 'name a place that begins with https://');
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (error: unknown) => {
      throw unreachable(error instanceof Error ? error.message : String(error));
    },
  );
  if (!response.ok) throw unreachable(`status ${response.status}`);
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MAX_BYTES) throw unreachable('its list is far too long');
  }
  return text;
};

/** Asks a place for its signed list: `update.json` and `update.json.sig`. Throws a Fault, and answers only what the owner signed. */
export const fetchOffer = async (
  place: string,
  trust: { readonly publicKey: string; readonly current: string },
): Promise<UpdateOffer> => {
  const base = place.endsWith('/') ? place : `${place}/`;
  const [text, signature] = await Promise.all([
    read(new URL('update.json', base)),
    read(new URL('update.json.sig', base)),
  ]);
  return readOffer(text, signature, trust);
};
