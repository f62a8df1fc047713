import { dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { hasTraded } from '#shared/contract/has-traded.ts';

const QUIT = 0;
const STAY = 1;

/** Whether the master lets the program end. Asks only while an agent trades: what it holds is sold then. */
export async function mayQuit(client: AppClient): Promise<boolean> {
  // An engine that cannot answer must not keep the program from ending; one that is locked may be trading.
  const view = await client.invoke('cycle.get', {}).catch(() => null);
  const locked = view === null && (await client.invoke('vault.status', {}).catch(() => null))?.state === 'locked';
  if (!locked && (view === null || !hasTraded(view))) return true;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Master Trader',
    message: view === null ? 'The program is locked, and an agent may be trading' : 'An agent is trading',
    detail: view === null ? LOCKED_DETAIL : detailOf(view),
    buttons: ['Close the position and quit', 'Cancel'],
    defaultId: STAY,
    cancelId: STAY,
    noLink: true,
  });
  return response === QUIT;
}

const LOCKED_DETAIL =
  'Quitting cancels the orders of a running agent and closes its position at the price of the moment. Closing the window instead lets it go on.';

const detailOf = ({ agentId, instrument, environment }: CycleView): string =>
  `${agentId ?? 'The agent'} trades ${instrument} (${environment}). Quitting cancels its orders and closes its position at the price of the moment. ` +
  'Closing the window instead lets it go on.';
