import notices from '../../../../docs/third-party-notices.md?raw';

export type Notice = { readonly name: string; readonly licence: string; readonly use: string };

/** The rows of the one table of docs/third-party-notices.md, so that the window and the page can never name different things. */
export const NOTICES: readonly Notice[] = notices
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .flatMap((line) => {
    const [, name, licence, use] = line.split('|').map((cell) => cell.trim());
    return name === undefined || licence === undefined || use === undefined ? [] : [{ name, licence, use }];
  });
