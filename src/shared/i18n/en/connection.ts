/** Words of the screen that is shown when there is nothing to show yet. */
export const connection = {
  connecting: {
    title: 'Connecting to the engine',
    text: 'The window asks the engine which version of the contract it speaks.',
    remedy: 'This takes a moment on the first start.',
  },
  mismatch: {
    title: 'The window and the engine are of different versions',
    text: 'They speak different contracts, so they refuse to talk.',
    remedy: 'Restart both from the same version.',
  },
  noKey: {
    title: 'This page was opened without its key',
    text: 'The key is part of the address that the engine prints, and it is removed from the address bar once it is read.',
    remedy: 'Run mt up --web and open the address it prints. After a reload, open that address again.',
  },
  wrongKey: {
    title: 'The key of this page is wrong',
    text: 'The engine does not know it: each start of the engine gives out a new one.',
    remedy: 'Open the address again that mt up --web printed last. This page does not try by itself.',
  },
  disconnected: {
    title: 'No connection to the engine',
    text: '{{why}} ({{at}}).',
    silent: 'The engine does not answer',
    remedy: 'Start it with mt up, or restart Master Trader. This window tries again by itself.',
  },
  tryNow: 'Try again now',
  reload: 'Reload the window',
} as const;
