import { dialog, shell } from 'electron';
import { outsideAddress } from './outside-address.ts';

const OPEN = 0;
const CANCEL = 1;

let asking = false;

/**
 * The only way out to a browser. The address must be one that may be offered at all, and the master says yes to it in a dialog that no page
 * can draw or press. One question at a time: a page cannot pile them up. Answers whether it was opened.
 */
export async function openExternal(text: string): Promise<boolean> {
  const address = outsideAddress(text);
  if (address === undefined || asking) return false;
  asking = true;
  try {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      title: 'Master Trader',
      message: `Open ${new URL(address).hostname} in your browser?`,
      detail: address,
      buttons: ['Open', 'Cancel'],
      defaultId: CANCEL,
      cancelId: CANCEL,
      noLink: true,
    });
    if (response !== OPEN) return false;
    await shell.openExternal(address);
    return true;
  } finally {
    asking = false;
  }
}
