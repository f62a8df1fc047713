import { z } from 'zod';
import type { StreamSocket } from '../server/stream-socket.ts';

/** A client's message. */
export const requestSchema = z.object({
  method: z.string(),
  req_id: z.int().optional(),
  params: z
    .object({
      channel: z.string(),
      symbol: z.array(z.string()).optional(),
      depth: z.int().optional(),
      interval: z.int().optional(),
      snapshot: z.boolean().optional(),
      token: z.string().optional(),
      snap_orders: z.boolean().optional(),
      snap_trades: z.boolean().optional(),
    })
    .optional(),
});
export type Subscription = NonNullable<z.infer<typeof requestSchema>['params']>;

/** One half of the protocol: what it refuses, in the venue's words, and what it starts to send. */
export type Feed = {
  refuses(stream: StreamSocket, params: Subscription, method: string): string | undefined;
  subscribe(stream: StreamSocket, params: Subscription): void;
  unsubscribe(stream: StreamSocket, params: Subscription): void;
  forget(stream: StreamSocket): void;
};
