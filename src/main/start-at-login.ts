import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';

const FILE = 'master-trader.desktop';
/** By this line we know a file as ours; another program's of the same name is left alone. */
const OURS = 'X-Master-Trader-Autostart=true';

/** A word of an Exec line by the rules of desktop entries: quoted, with what is special in quotes escaped, and percent signs doubled. */
const execWord = (text: string): string =>
  `"${text
    .replaceAll(/["`$\\]/g, (sign) => `\\${sign}`)
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

export const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Master Trader',
    `Exec=${command.map(execWord).join(' ')}`,
    'Terminal=false',
    OURS,
    '',
  ].join('\n');

/** The folder whose entries the desktop starts at login. A relative XDG_CONFIG_HOME must be ignored by the rules. */
export const autostartFolder = (env: NodeJS.ProcessEnv, homedir: string): string => {
  const config = env['XDG_CONFIG_HOME'];
  return join(config?.startsWith('/') === true ? config : join(homedir, '.config'), 'autostart');
};

/** Writes or removes our entry on Linux, where Electron cannot. Throws what the disk says. */
export function setAutostartEntry(folder: string, on: boolean, command: readonly string[]): void {
  const path = join(folder, FILE);
  const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (found !== undefined && !found.includes(OURS)) {
    if (on) throw new Error(`${path} belongs to another program`);
    return;
  }
  if (!on) return rmSync(path, { force: true });
  const entry = autostartEntry(command);
  if (found === entry) return;
  mkdirSync(folder, { recursive: true });
  writeFileAtomic(path, entry);
}
