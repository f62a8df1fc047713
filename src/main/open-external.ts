import { dialog, shell } from 'electron';
import { outsideAddress } from './outside-address.ts';
import { type Spoken, wordsOf } from './spoken.ts';

const OPEN = 0;
const CANCEL = 1;

let asking = false;

/**
 * The only way out to a browser. The address must be one that may be offered at all, and the master says yes to it in a dialog that no page
 * can draw or press. One question at a time: a page cannot pile them up. Answers whether it was opened.
 */
export async function openExternal(text: string, spoken: Spoken): Promise<boolean> {
  const address = outsideAddress(text);
  if (address === undefined || asking) return false;
  asking = true;
  try {
    const { t } = await wordsOf(spoken);
    const { response } = await dialog.showMessageBox({
      type: 'question',
      title: t('desktop.product'),
      message: t('desktop.outside.title', { host: new URL(address).hostname }),
      detail: address,
      buttons: [t('desktop.outside.act'), t('desktop.cancel')],
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
