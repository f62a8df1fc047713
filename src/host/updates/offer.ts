import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from '#core/kernel/fault.ts';

const versionText = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/);
const sha512Text = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

/** What the owner signs: a version, and every file of it by its hash. */
export const updateOffer = z.strictObject({
  version: versionText,
  files: z
    .array(z.strictObject({ name: z.string().regex(/^[\w][\w.-]{0,120}$/), sha512: sha512Text, size: z.int().min(1) }))
    .min(1)
    .max(50),
});
export type UpdateOffer = z.infer<typeof updateOffer>;

const LEAVE_IT = 'leave it alone, and ask whoever gives the program away';
const refuse = (why: string): Fault => new Fault('refused', `the update is not taken: ${why}`, LEAVE_IT);

/** Negative when `a` is older than `b`. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * The offer that a signed text holds. The signature (Ed25519, base64) is over the very bytes of the text and is looked at before they are read.
 * Throws a Fault when it is not the owner's, when the text is no offer, and when the version is not newer than ours.
 */
export const readOffer = (
  text: string,
  signature: string,
  trust: { readonly publicKey: string; readonly current: string },
): UpdateOffer => {
  const bytes = Buffer.from(signature.trim(), 'base64');
  const key = createPublicKey(trust.publicKey);
  if (key.asymmetricKeyType !== 'ed25519')
    throw refuse('the key inside the program is not of the kind that signs updates');
  if (bytes.length !== 64 || !verify(null, Buffer.from(text, 'utf8'), key, bytes))
    throw refuse('its signature is not the owner’s');
  const offer = updateOffer.safeParse(parsed(text));
  if (!offer.success) throw refuse('what is signed is no list of files');
  if (compareVersions(offer.data.version, trust.current) <= 0)
    throw refuse(`${offer.data.version} is not newer than ${trust.current}`);
  return offer.data;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an updater found by itself. */
export type Found = { readonly version: string; readonly files: readonly { readonly sha512: string }[] };

/** Holds what the updater found to what the owner signed: the same version, and no file that is not on the list. */
export const holdToOffer = (found: Found, offer: UpdateOffer): void => {
  if (found.version !== offer.version) throw refuse(`${found.version} is offered and ${offer.version} is signed`);
  const signed = new Set(offer.files.map(({ sha512 }) => sha512));
  if (found.files.length === 0 || found.files.some(({ sha512 }) => !signed.has(sha512)))
    throw refuse('it holds a file that is not signed');
};

/** Holds a downloaded file to the offer, by what is in it and not by its name. */
export const checkDownload = (path: string, offer: UpdateOffer): void => {
  const content = readFileSync(path);
  const sha512 = createHash('sha512').update(content).digest('base64');
  if (!offer.files.some((file) => file.sha512 === sha512 && file.size === content.length))
    throw refuse('what came is not what is signed');
};
