import { dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { hasTraded } from '#shared/contract/has-traded.ts';

const QUIT = 0;
const STAY = 1;

/** Whether the master lets the program end. Asks only while an agent trades: what it holds is sold then. */
export async function mayQuit(client: AppClient): Promise<boolean> {
  // An engine that cannot answer must not keep the program from ending.
  const view = await client.invoke('cycle.get', {}).catch(() => null);
  if (view === null || !hasTraded(view)) return true;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Master Trader',
    message: 'An agent is trading',
    detail: detailOf(view),
    buttons: ['Close the position and quit', 'Cancel'],
    defaultId: STAY,
    cancelId: STAY,
    noLink: true,
  });
  return response === QUIT;
}

const detailOf = ({ agentId, instrument, environment }: CycleView): string =>
  `${agentId ?? 'The agent'} trades ${instrument} (${environment}). Quitting cancels its orders and closes its position at the price of the moment. ` +
  'Closing the window instead lets it go on.';
