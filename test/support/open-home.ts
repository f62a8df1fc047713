import { Fault } from '#core/kernel/fault.ts';
import { acquireEngineLock } from '#host/engine-lock.ts';
import { prepareHome } from '#host/home-folder.ts';
import { openTestStorage } from './storage.ts';

// Prepares, locks and opens a data folder as an engine would; `hold` keeps it until the process is killed. Prints one line of JSON.
const [home = '', mode] = process.argv.slice(2);
try {
  const paths = prepareHome(home);
  const lock = acquireEngineLock(paths.runDir, Date.now);
  const storage = openTestStorage(home);
  console.log(JSON.stringify({ ok: true, pid: process.pid }));
  if (mode === 'hold') {
    setInterval(() => {}, 1000);
  } else if (mode === 'leave') {
    process.exit(0);
  } else {
    storage.close();
    lock.release();
  }
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.log(JSON.stringify({ ok: false, code: error.code, message: error.message, remedy: error.remedy }));
}
