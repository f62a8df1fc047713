import { systemPreferences } from 'electron';
import type { BiometricProvider } from '#host/access/biometric-provider.ts';

/** macOS's own prompt; undefined on every other system, where Electron has none to offer. */
export function touchId(): BiometricProvider | undefined {
  if (process.platform !== 'darwin') return undefined;
  return {
    name: 'Touch ID',
    available: () => systemPreferences.canPromptTouchID(),
    verify: (reason) => systemPreferences.promptTouchID(reason),
  };
}
