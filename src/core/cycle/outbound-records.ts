import type { OutboundSetting } from '../alerts/outbound-setting.ts';

/** Where alerts are sent outside of this machine. A channel that was taken away has no setting. Secrets are elsewhere. */
export type OutboundPayloads = {
  'outbound.changed': {
    readonly channel: OutboundSetting['channel'];
    readonly setting: OutboundSetting | null;
    /** Name of its secret in the vault; absent in records of earlier versions, which knew one name for each channel. */
    readonly secret?: string;
  };
};
