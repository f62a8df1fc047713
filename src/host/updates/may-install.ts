import type { AppClient } from '#shared/contract/app-contract.ts';
import { isSealed } from '#shared/contract/engine.ts';

/** Why the program may not be replaced now; undefined when nothing trades, nothing rests and nothing is being wound down. */
export const whyNotInstall = async (client: Pick<AppClient, 'invoke'>): Promise<string | undefined> => {
  const status = await client.invoke('engine.status', {}).catch(() => undefined);
  if (status === undefined) return 'the engine does not answer';
  if (isSealed(status)) return 'the program is locked, and an agent may be trading';
  if (status.agentsRunning > 0 || status.cyclesRunning.length > 0) return 'an agent is running';
  if (status.tradingState === 'reducing') return 'positions are being wound down';
  const { openOrders } = await client.invoke('portfolio.get', {});
  if (openOrders.length > 0) return 'orders are open';
  const accounts = await client.invoke('accounts.list', {});
  if (accounts.length > 0 && status.tradingState !== 'halted') return 'accounts at venues are open: halt trading first';
  return undefined;
};
