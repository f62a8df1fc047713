import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export type VirtualScreen = { readonly display: string; stop(): void };

/** A screen for a machine that has none: Xvfb picks a free number and tells it. */
export async function startVirtualScreen(): Promise<VirtualScreen> {
  const child: ChildProcess = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const told = child.stdio[3];
  if (told === null || told === undefined) throw new Error('Xvfb has no channel to tell its display');
  const [chunk] = (await once(told, 'data')) as [Buffer];
  return { display: `:${chunk.toString('utf8').trim()}`, stop: () => void child.kill() };
}
