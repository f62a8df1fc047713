import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Inside a private bus: starts an unlocked gnome-keyring, runs the command given, then stops the keyring. KEYRING_PID names it.
const control = join(process.env['XDG_RUNTIME_DIR'] ?? '', 'keyring');
const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--foreground', '--components=secrets'], {
  stdio: ['pipe', 'ignore', 'ignore'],
});
keyring.stdin.end('a password for tests\n');
while (!existsSync(join(control, 'control'))) {
  if (keyring.exitCode !== null) throw new Error(`gnome-keyring-daemon ended with ${keyring.exitCode}`);
  await sleep(20);
}
const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, GNOME_KEYRING_CONTROL: control, KEYRING_PID: String(keyring.pid) },
});
child.once('close', (code) => {
  // A stopped process takes no other signal.
  keyring.kill('SIGCONT');
  keyring.kill('SIGTERM');
  process.exit(code ?? 1);
});
