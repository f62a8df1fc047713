import type { Bridge } from '#shared/transport/bridge-port.ts';

declare global {
  interface Window {
    /** The preload's door to the engine; absent in a browser. */
    readonly mt?: Bridge;
  }
}
