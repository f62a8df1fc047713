import { dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { isSealed } from '#shared/contract/engine.ts';
import { hasTraded } from '#shared/contract/has-traded.ts';

const QUIT = 0;
const STAY = 1;
const BACKGROUND = 2;

/**
 * Whether the master lets the program end. Asks only while an agent trades: what it holds is sold then. `goOn` puts the window away for a
 * master who wants it to go on in the background.
 */
export async function mayQuit(client: AppClient, goOn: () => void): Promise<boolean> {
  // An engine that cannot answer must not keep the program from ending; one that is locked may be trading.
  const status = await client.invoke('engine.status', {}).catch(() => null);
  const locked = status !== null && isSealed(status) && status.sealed === 'locked';
  const running = status === null || isSealed(status) ? [] : status.cyclesRunning;
  const views = await Promise.all(running.map((cycle) => client.invoke('cycle.get', { cycle }).catch(() => null)));
  const trading = views.flatMap((view) => (view !== null && hasTraded(view) ? [view] : []));
  if (!locked && trading.length === 0) return true;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Master Trader',
    message: locked ? 'The program is locked, and an agent may be trading' : messageOf(trading),
    detail: locked ? LOCKED_DETAIL : detailOf(trading),
    buttons: [
      trading.length > 1 ? 'Close the positions and quit' : 'Close the position and quit',
      'Cancel',
      'Keep trading in the background',
    ],
    defaultId: STAY,
    cancelId: STAY,
    noLink: true,
  });
  if (response === BACKGROUND) goOn();
  return response === QUIT;
}

const LOCKED_DETAIL =
  'Quitting cancels the orders of a running agent and closes its position at the price of the moment. Closing the window instead lets it go on.';

const messageOf = ({ length }: readonly CycleView[]): string =>
  length === 1 ? 'An agent is trading' : `${length} agents are trading`;

const detailOf = (trading: readonly CycleView[]): string => {
  const what = trading.map(
    ({ agentId, instrument, environment }) => `${agentId ?? 'an agent'} ${instrument} (${environment})`,
  );
  return (
    `${what.join(', ')}. Quitting cancels their orders and closes what they hold at the price of the moment. ` +
    'Closing the window instead lets them go on.'
  );
};
