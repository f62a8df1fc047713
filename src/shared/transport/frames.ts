import { z } from 'zod';
import { wireError } from '../contract/errors.ts';

/** Chosen by the client, unique among its open calls and subscriptions. */
const frameId = z.int().min(0);
const entryName = z.string().min(1).max(100);
const contractHashText = z.string().regex(/^[0-9a-f]{16}$/);

/** Everything a client may say. A frame that is none of these is dropped. */
export const upFrame = z.discriminatedUnion('t', [
  /** Always first. Said again (a page that was reloaded) it starts afresh: open calls and subscriptions are forgotten. */
  z.strictObject({ t: z.literal('hello'), hash: contractHashText }),
  // `optional` matters: JSON drops undefined, and a required unknown would then be missing over the socket only.
  z.strictObject({ t: z.literal('call'), id: frameId, name: entryName, input: z.unknown().optional() }),
  z.strictObject({ t: z.literal('sub'), id: frameId, name: entryName }),
  z.strictObject({ t: z.literal('unsub'), id: frameId }),
]);
export type UpFrame = z.infer<typeof upFrame>;

/** Everything a host may say. */
export const downFrame = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('welcome'), hash: contractHashText }),
  /** The two sides were built from different contracts. */
  z.strictObject({ t: z.literal('refuse'), hash: contractHashText }),
  z.strictObject({ t: z.literal('ok'), id: frameId, output: z.unknown().optional() }),
  z.strictObject({ t: z.literal('err'), id: frameId, error: wireError }),
  z.strictObject({ t: z.literal('evt'), id: frameId, payload: z.unknown().optional() }),
]);
export type DownFrame = z.infer<typeof downFrame>;
