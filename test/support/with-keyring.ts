import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NODE, startScript } from './child.ts';
import { tempFolder } from './temp-folder.ts';

const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const REQUIRED = ['dbus-run-session', 'gnome-keyring-daemon', 'gdbus'] as const;

/** Why nothing can be tried on a real keyring here; undefined when it can. */
export const whyNoKeyring = (): string | undefined =>
  REQUIRED.every(has) ? undefined : 'not run: keyring (gnome-keyring or dbus-run-session absent)';

/** Says once why the suite does not run. With MT_REQUIRE naming `keyring` that is a failure. */
export function notRunWithoutKeyring(): boolean {
  const why = whyNoKeyring();
  if (why === undefined) return false;
  if ((process.env['MT_REQUIRE'] ?? '').split(',').includes('keyring')) throw new Error(why);
  console.log(why);
  return true;
}

/** What the session has: a running keyring, a bus on which nothing answers for secrets, or no bus at all. */
export type Session = 'keyring' | 'bus' | 'nothing';

/**
 * Runs the steps of `keyring-child.ts` in a private session with a home of its own, and answers what each step said. The user's own
 * keyring and bus are never touched.
 */
export async function inSession(
  session: Session,
  home: string,
  steps: readonly string[],
  timeoutMs = 10_000,
): Promise<readonly unknown[]> {
  const own = tempFolder('mt-session');
  try {
    const runtime = join(own.path, 'runtime');
    mkdirSync(runtime, { mode: 0o700 });
    // A bus that starts nothing on demand: without this, the bus itself would start a keyring.
    const config = join(own.path, 'bus.conf');
    writeFileSync(config, BUS_CONFIG);
    const env = {
      HOME: own.path,
      KEYRING_TIMEOUT_MS: String(timeoutMs),
      XDG_RUNTIME_DIR: runtime,
      XDG_DATA_HOME: undefined,
      XDG_CONFIG_HOME: undefined,
      DISPLAY: undefined,
      WAYLAND_DISPLAY: undefined,
      DBUS_SESSION_BUS_ADDRESS: undefined,
      GNOME_KEYRING_CONTROL: undefined,
    };
    const bus = ['dbus-run-session', `--config-file=${config}`, '--'];
    const daemon = [NODE, resolve(import.meta.dirname, 'keyring-session.ts')];
    const before = session === 'nothing' ? [] : session === 'bus' ? bus : [...bus, ...daemon];
    const { stdout, stderr, code } = await startScript('keyring-child.ts', [home, ...steps], { env, before }).finished;
    if (code !== 0) throw new Error(`the session ended with ${code}: ${stderr}`);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  } finally {
    own.remove();
  }
}

const BUS_CONFIG = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
