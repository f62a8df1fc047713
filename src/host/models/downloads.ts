import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { DownloadView } from '#shared/contract/models.ts';
import type { WorkerLike } from '../worker-like.ts';
import { mostBytesWith, roomProblem } from './disk-room.ts';
import { type Adopted, type ModelFiles, refuseTaken } from './model-files.ts';
import { freeName, type Registry } from './registry.ts';
import { type RunningTask, runTask } from './run-task.ts';
import { createTransferSpeed, type TransferSpeed } from './transfer-speed.ts';

export type Downloads = {
  list(): readonly DownloadView[];
  /** Begins, or goes on where it was interrupted. Throws Fault `usage` for an address that is not taken. */
  start(url: string, name: string | undefined): DownloadView;
  /** Stops without losing what has arrived. Throws Fault `not_found`. */
  pause(id: string): Promise<DownloadView>;
  /** Stops and deletes what has arrived. */
  cancel(id: string): Promise<void>;
  /** Pauses everything; what was paused is taken up by the next `start`, also after a restart. */
  dispose(): Promise<void>;
};

type Running = {
  view: Omit<DownloadView, 'bytesPerSecond'>;
  task: RunningTask | undefined;
  end: Promise<void>;
  readonly speed: TransferSpeed;
};

const freeOnDisk = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** Brings models from addresses, each in a process of its own, and pins what came from an address the first time. */
export function createDownloads(
  folder: string,
  registry: Registry,
  files: ModelFiles,
  forkWorker: () => WorkerLike,
  now: () => number,
  freeDisk: (folder: string) => number = freeOnDisk,
): Downloads {
  const all = new Map<string, Running>();

  function find(id: string): Running {
    const found = all.get(id);
    if (found !== undefined) return found;
    throw new Fault('not_found', `there is no download ${id}`, 'list them with mt models ls');
  }

  /** What arrives of an address lies under a name that no model has. */
  const incomingOf = (id: string): string => `incoming-${id}.gguf`;
  const clearIncoming = (id: string): void => {
    for (const name of readdirSync(folder))
      if (name.startsWith(incomingOf(id))) rmSync(join(folder, name), { force: true });
  };

  async function bring(running: Running): Promise<void> {
    const { id, url } = running.view;
    const change = (part: Partial<Running['view']>): void => {
      running.view = { ...running.view, ...part };
    };
    let full: string | undefined;
    const progress = (doneBytes: number, totalBytes: number): void => {
      change({ doneBytes, totalBytes });
      running.speed.note(doneBytes);
      full ??= roomProblem(totalBytes, doneBytes, freeDisk(folder));
      if (full !== undefined) running.task?.stop();
    };
    running.task = runTask(
      forkWorker(),
      {
        do: 'download',
        url,
        folder,
        fileName: incomingOf(id),
        mostBytes: mostBytesWith(freeDisk(folder)),
      },
      progress,
    );
    const outcome = await running.task.outcome;
    running.task = undefined;
    if (outcome.kind === 'stopped')
      return change(full === undefined ? { state: 'paused' } : { state: 'failed', why: full });
    if (outcome.kind === 'failed') return change({ state: 'failed', why: withoutFolder(outcome.why, folder) });
    try {
      const adopted = await files.adopt(join(folder, incomingOf(id)), null);
      const name = keep(running.view, adopted);
      change({ state: 'done', name, doneBytes: adopted.bytes, totalBytes: adopted.bytes });
    } catch (error) {
      change({ state: 'failed', why: error instanceof Error ? error.message : String(error) });
    } finally {
      clearIncoming(id);
    }
  }

  /** Gives what arrived its name, unless the address gave something else before. */
  function keep({ id, url, name }: Running['view'], adopted: Adopted): string {
    const { pins, models } = registry.read();
    const pin = pins.find((known) => known.url === url);
    if (pin !== undefined && pin.sha256 !== adopted.sha256)
      throw new Fault(
        'refused',
        `what came from this address is not what was pinned on ${new Date(pin.at).toISOString().slice(0, 10)}: SHA-256 ${adopted.sha256} instead of ${pin.sha256}; it was deleted`,
        'ask whoever publishes it; to take the new file knowingly, fetch it yourself and import it',
      );
    const same = models.find(({ sha256 }) => sha256 === adopted.sha256);
    if (pin === undefined)
      registry.change((known) => ({ ...known, pins: [...known.pins, { url, sha256: adopted.sha256, at: now() }] }));
    if (same !== undefined) return same.name;
    const chosen = freeName(
      name,
      models.map((model) => model.name),
    );
    renameSync(join(folder, incomingOf(id)), join(folder, `${chosen}.gguf`));
    return files.enter(adopted, { kept: 'downloaded', file: `${chosen}.gguf`, source: url, name: chosen }).name;
  }

  const viewOf = ({ view, speed }: Running): DownloadView => ({
    ...view,
    bytesPerSecond: view.state === 'running' ? speed.bytesPerSecond() : null,
  });

  return {
    list: () => [...all.values()].map(viewOf),
    start(url, name) {
      const address = checkedAddress(url);
      refuseTaken(name, registry.read().models);
      const id = createHash('sha256').update(address.href).digest('hex').slice(0, 16);
      const before = all.get(id);
      if (before?.view.state === 'running') return viewOf(before);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const wanted = name ?? before?.view.name ?? freeName(lastPart(address) ?? '', []);
      const running: Running = {
        view: {
          id,
          url: address.href,
          name: wanted,
          state: 'running',
          doneBytes: before?.view.doneBytes ?? 0,
          totalBytes: before?.view.totalBytes ?? null,
          why: null,
        },
        task: undefined,
        end: Promise.resolve(),
        speed: createTransferSpeed(now),
      };
      running.speed.note(running.view.doneBytes);
      all.set(id, running);
      running.end = bring(running);
      return viewOf(running);
    },
    async pause(id) {
      const running = find(id);
      running.task?.stop();
      await running.end;
      return viewOf(running);
    },
    async cancel(id) {
      const running = find(id);
      running.task?.stop();
      await running.end;
      all.delete(id);
      clearIncoming(id);
    },
    async dispose() {
      for (const { task } of all.values()) task?.stop();
      await Promise.all([...all.values()].map(({ end }) => end));
    },
  };
}

/** Encrypted, or on this machine: a model that somebody changed on the way would be pinned for ever. */
function checkedAddress(url: string): URL {
  const address = new URL(url);
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname);
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && loopback))
    throw new Fault(
      'usage',
      `a model is not fetched over ${address.protocol}//`,
      'give an address that begins with https://',
    );
  if (address.username !== '' || address.password !== '')
    throw new Fault(
      'usage',
      'the address holds a name or a password',
      'give an address without one: it is written down',
    );
  if (lastPart(address) === undefined)
    throw new Fault(
      'usage',
      'the address holds a % that begins no escape such as %20',
      'copy the address again, or write %25 for a percent sign',
    );
  return address;
}

/** What the file is called there; undefined where the escapes of the address cannot be read. */
function lastPart({ pathname }: URL): string | undefined {
  try {
    return decodeURIComponent(pathname.split('/').at(-1) ?? '');
  } catch {
    return undefined;
  }
}

const withoutFolder = (text: string, folder: string): string => text.replaceAll(folder, 'the folder of models');
