import type { Session, WebPreferences } from 'electron';

/**
 * What every page of the product runs under. Frozen, and written out even where it is Electron's default, so that neither a caller nor a new
 * major version loosens one in silence.
 */
export const SECURE_PREFERENCES = Object.freeze({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
} as const satisfies WebPreferences);

/** The preferences of a window: the fixed ones, and which session and preload script it has. */
export const secureWebPreferences = (own: {
  readonly session: Session;
  readonly preload: string;
}): Readonly<WebPreferences> => Object.freeze({ session: own.session, preload: own.preload, ...SECURE_PREFERENCES });
