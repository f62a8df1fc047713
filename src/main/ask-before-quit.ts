import { dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { isSealed } from '#shared/contract/engine.ts';
import { hasTraded } from '#shared/contract/has-traded.ts';
import type { Words } from './words.ts';

const QUIT = 0;
const STAY = 1;
const BACKGROUND = 2;

/**
 * Whether the master lets the program end. Asks only while an agent trades: what it holds is sold then. `goOn` puts the window away for a
 * master who wants it to go on in the background.
 */
export async function mayQuit(client: AppClient, words: () => Words, goOn: () => void): Promise<boolean> {
  // An engine that cannot answer must not keep the program from ending; one that is locked may be trading.
  const status = await client.invoke('engine.status', {}).catch(() => null);
  const locked = status !== null && isSealed(status) && status.sealed === 'locked';
  const running = status === null || isSealed(status) ? [] : status.cyclesRunning;
  const views = await Promise.all(running.map((cycle) => client.invoke('cycle.get', { cycle }).catch(() => null)));
  const trading = views.flatMap((view) => (view !== null && hasTraded(view) ? [view] : []));
  if (!locked && trading.length === 0) return true;
  const { t } = words();
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: t('desktop.product'),
    message: locked ? t('desktop.quitting.locked') : t('desktop.quitting.trading', { count: trading.length }),
    detail: locked ? t('desktop.quitting.lockedDetail') : detailOf(trading, words()),
    buttons: [
      // Of a locked engine nobody knows how many; one is the least.
      t('desktop.quitting.act', { count: Math.max(1, trading.length) }),
      t('desktop.cancel'),
      t('desktop.quitting.background'),
    ],
    defaultId: STAY,
    cancelId: STAY,
    noLink: true,
  });
  if (response === BACKGROUND) goOn();
  return response === QUIT;
}

const detailOf = (trading: readonly CycleView[], { t }: Words): string => {
  const agents = trading.map(
    ({ agentId, instrument, environment }) =>
      `${agentId ?? t('desktop.quitting.someAgent')} ${instrument} (${environment})`,
  );
  return t('desktop.quitting.detail', { agents: agents.join(', ') });
};
