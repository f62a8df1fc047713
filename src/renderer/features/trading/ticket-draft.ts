import { z } from 'zod';
import type { PreviewRequest } from '#shared/contract/orders.ts';

const amount = z.string().trim();
const isAmount = (text: string): boolean => /^\d{1,15}(\.\d{1,18})?$/.test(text) && /[1-9]/.test(text);

/** What stands in the ticket. Texts as they were typed; what they are worth is the engine's to say. */
export const ticketDraft = z
  .object({
    side: z.enum(['buy', 'sell']),
    sizing: z.enum(['quantity', 'amount']),
    size: amount,
    type: z.enum(['market', 'limit']),
    limit: amount,
    stop: amount,
    take: amount,
  })
  .superRefine((draft, context) => {
    const needs = {
      size: true,
      limit: draft.type === 'limit',
      stop: draft.side === 'buy',
      take: false,
    };
    for (const field of ['size', 'limit', 'stop', 'take'] as const) {
      const text = draft[field];
      const unused =
        (field === 'limit' && draft.type === 'market') ||
        (draft.side === 'sell' && field !== 'size' && field !== 'limit');
      if (unused) continue;
      if (text === '') {
        if (needs[field]) context.addIssue({ code: 'custom', path: [field], message: 'missing' });
      } else if (!isAmount(text)) context.addIssue({ code: 'custom', path: [field], message: 'number' });
    }
  });
export type TicketDraft = z.infer<typeof ticketDraft>;

export const emptyTicket = (side: TicketDraft['side'], size = ''): TicketDraft => ({
  side,
  sizing: 'quantity',
  size,
  type: 'market',
  limit: '',
  stop: '',
  take: '',
});

/** The draft as a question to the gate; null while something is missing or is no number. */
export function askedOf(draft: TicketDraft, account: string, instrument: string): PreviewRequest | null {
  const read = ticketDraft.safeParse(draft);
  if (!read.success) return null;
  const { side, sizing, size, type, limit, stop, take } = read.data;
  return {
    account,
    instrument,
    side,
    ...(sizing === 'quantity' ? { quantity: size } : { amount: size }),
    ...(type === 'limit' ? { limit } : {}),
    ...(side === 'buy' ? { stop } : {}),
    ...(side === 'buy' && take !== '' ? { take } : {}),
  };
}
