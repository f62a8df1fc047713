/**
 * Switches of Chromium that would take a protection away: the sandbox, the rules between origins, certificates, or the wall around the process
 * (a debugger, a wrapper around its children, other code). A packaged build ends at once when one is given.
 */
export const UNSAFE_SWITCHES = [
  'no-sandbox',
  'no-zygote',
  'disable-gpu-sandbox',
  'disable-setuid-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'single-process',
  'disable-site-isolation-trials',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-publish-uid',
  'disable-web-security',
  'allow-running-insecure-content',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'proxy-pac-url',
  'load-extension',
  'js-flags',
  'enable-blink-features',
  'enable-experimental-web-platform-features',
  'enable-node-leakage-in-renderers',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'browser-subprocess-path',
  'log-net-log',
] as const;

/** The first unsafe switch that was given, if any. */
export const unsafeSwitch = (given: (name: string) => boolean): string | undefined =>
  UNSAFE_SWITCHES.find((name) => given(name));
