import { APP_ORIGIN } from './electron-host.ts';

/** The page; the only address the product ever opens. */
export const START_ADDRESS = `${APP_ORIGIN}/index.html`;

/** Whether an address is one of our own page, exactly: scheme and host, and nothing that only begins like them. */
export const isOwnAddress = (address: string): boolean => {
  try {
    const { protocol, host, username, password } = new URL(address);
    return `${protocol}//${host}` === APP_ORIGIN && username === '' && password === '';
  } catch {
    return false;
  }
};

/** What the session may load: our own page, and the developer tools of Chromium itself. */
export const mayLoad = (address: string): boolean => isOwnAddress(address) || address.startsWith('devtools://');
