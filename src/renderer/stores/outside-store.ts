import type { AppClient, AppInput } from '#shared/contract/app-contract.ts';
import type { OutboundSettingView, OutboundView } from '#shared/contract/outbound.ts';
import type { TokenView } from '#shared/contract/tokens.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type Channel = OutboundSettingView['channel'];

/** What reaches out of this machine and into it. Each act throws what the engine refused; secrets pass through and stay in none of it. */
export type OutsideStore = {
  readonly channels: LoadedStore<OutboundView['channels']>;
  readonly tokens: LoadedStore<readonly TokenView[]>;
  setChannel(given: AppInput<'outbound.set'>): Promise<void>;
  removeChannel(channel: Channel): Promise<void>;
  testChannel(channel: Channel): Promise<void>;
  makeToken(given: AppInput<'tokens.make'>): Promise<void>;
  revokeToken(name: string): Promise<void>;
};

export function createOutsideStore(client: AppClient): OutsideStore {
  const channels = loadedStore<OutboundView['channels']>(
    async () => (await client.invoke('outbound.show', {})).channels,
  );
  const tokens = loadedStore<readonly TokenView[]>(async () => (await client.invoke('tokens.list', {})).tokens);
  return {
    channels,
    tokens,
    setChannel: async (given) => channels.put((await client.invoke('outbound.set', given)).channels),
    removeChannel: async (channel) => channels.put((await client.invoke('outbound.remove', { channel })).channels),
    testChannel: async (channel) => void (await client.invoke('outbound.test', { channel })),
    makeToken: async (given) => tokens.put((await client.invoke('tokens.make', given)).tokens),
    revokeToken: async (name) => tokens.put((await client.invoke('tokens.revoke', { name })).tokens),
  };
}
