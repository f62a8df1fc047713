import type { Urgency } from './types.ts';

type Common = {
  /** The least urgent alerts that are sent. */
  readonly least: Urgency;
  /** Whether what is sent may hold amounts. */
  readonly amounts: boolean;
};

/** One way for alerts out of this machine. Off until the master sets it; what is secret about it lies in the vault. */
export type OutboundSetting =
  | (Common & { readonly channel: 'webhook'; readonly url: string })
  | (Common & { readonly channel: 'telegram'; readonly api: string; readonly chat: string })
  | (Common & {
      readonly channel: 'email';
      readonly host: string;
      readonly port: number;
      readonly from: string;
      readonly to: string;
    });

export type OutboundChannel = OutboundSetting['channel'];
export const OUTBOUND_CHANNELS = ['webhook', 'telegram', 'email'] as const satisfies readonly OutboundChannel[];

const RANK: Readonly<Record<Urgency, number>> = { low: 0, normal: 1, critical: 2 };
export const isUrgentEnough = (urgency: Urgency, least: Urgency): boolean => RANK[urgency] >= RANK[least];
