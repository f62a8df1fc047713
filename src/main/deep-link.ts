/** A screen of ours and nothing else: what leads into the page must not be able to lead out of it. */
const SCREEN = /^\/[a-z0-9/_-]{0,100}$/i;

/** The address that the page has now, on another screen; the first one for anything that is none. */
export const withScreen = (address: string, link: string): string => {
  const url = new URL(address);
  url.hash = SCREEN.test(link) ? link : '/';
  return url.href;
};
