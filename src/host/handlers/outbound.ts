import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { OutboundView, outboundContract } from '#shared/contract/outbound.ts';
import type { EngineParts } from '../parts.ts';

/** Secrets only come in: no call reads one back. The gate asks for a second proof before anything changes where alerts go. */
export function createOutboundHandlers({
  outbound,
  market,
}: Pick<EngineParts, 'outbound' | 'market'>): Pick<AppHandlers, keyof typeof outboundContract> {
  const view = (): OutboundView => ({
    channels: outbound.settings().map((setting) => ({ setting, ready: outbound.hasSecret(setting.channel) })),
  });
  return {
    'outbound.show': view,
    'outbound.set'({ setting, user, secret }) {
      const given = secret === undefined ? undefined : { user: user ?? setting.channel, secret };
      outbound.set(setting, given, market.clock.now());
      return view();
    },
    'outbound.remove'({ channel }) {
      outbound.remove(channel, market.clock.now());
      return view();
    },
    async 'outbound.test'({ channel }) {
      await outbound.test(channel);
      return { sent: true };
    },
    'outbound.log': ({ limit }) => ({ entries: [...outbound.log(limit)] }),
  };
}
