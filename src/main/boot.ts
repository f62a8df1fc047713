import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import { Fault } from '#core/kernel/fault.ts';
import { checkShippedFiles, parseHashes } from '#host/shipped-files.ts';
import { refuseUnsafeSwitches } from './harden.ts';

// The entry of the desktop program. It looks at the command line and at the native files before anything that could load one, and then becomes
// the window, or the terminal when it was called as `master-trader mt …`. So it imports nothing that imports a native package.

/** Native code lies beside the archive; it is read as data here, by its true path, before Electron maps the archive over it. */
function checkNatives(): void {
  const list = readFileSync(join(import.meta.dirname, '../natives.sha256'), 'utf8');
  checkShippedFiles(join(process.resourcesPath, 'app.asar.unpacked'), parseHashes(list));
}

/** The words after the executable that ask for the terminal: `master-trader mt status`. */
const asksForTerminal = (): boolean => app.isPackaged && process.argv[1] === 'mt';

async function boot(): Promise<void> {
  if (refuseUnsafeSwitches()) return;
  if (app.isPackaged) {
    try {
      checkNatives();
    } catch (error) {
      const [message, remedy] = error instanceof Fault ? [error.message, error.remedy] : [String(error), ''];
      console.error(`Master Trader: ${message}\n  Remedy: ${remedy}`);
      app.exit(3);
      return;
    }
  }
  if (asksForTerminal()) {
    // No window and no screen: the terminal's own program answers in this process, and the process ends with its code.
    app.commandLine.appendSwitch('ozone-platform', 'headless');
    await import(pathToFileURL(join(import.meta.dirname, '../terminal/mt.js')).href);
    process.exit(process.exitCode);
  }
  await import('./index.ts');
}

await boot();
