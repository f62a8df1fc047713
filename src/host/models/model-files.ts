import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import type { TaskResult } from '#adapters/inference-llama/file-task.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { WorkerLike } from '../worker-like.ts';
import { freeName, type ModelEntry, type Registry } from './registry.ts';
import { runTask } from './run-task.ts';

/** Tokens of question and answer together, which is also what the need of memory is counted for. */
export const CONTEXT_SIZE = 2048;

export type Adopted = Extract<TaskResult, { did: 'adopt' }>;
/** What an entry needs beside what was found in the file. */
export type Origin = Pick<ModelEntry, 'kept' | 'file' | 'source'> & { readonly name: string | undefined };

export type ModelFiles = {
  /** Where the file of an entry lies. */
  pathOf(entry: Pick<ModelEntry, 'file'>): string;
  /** Looks through a file and hashes it, copying it where `to` names a place. Throws Fault `bad_model`. */
  adopt(path: string, to: string | null): Promise<Adopted>;
  /** Takes a file over. The same weights are one model: a second import answers with the first. */
  importFile(path: string, copy: boolean, name: string | undefined): Promise<ModelEntry>;
  /** Notes a file that is in its place; answers what stands in the registry. */
  enter(adopted: Adopted, origin: Origin): ModelEntry;
  /** Forgets a model, and deletes the file where it is ours. */
  remove(name: string): { readonly deletedFile: boolean };
};

/** The files of the models: some in the folder of models, some where the master left them. */
export function openModelFiles(
  folder: string,
  registry: Registry,
  forkWorker: () => WorkerLike,
  now: () => number,
): ModelFiles {
  const pathOf = ({ file }: Pick<ModelEntry, 'file'>): string => (isAbsolute(file) ? file : join(folder, file));

  async function adopt(path: string, to: string | null): Promise<Adopted> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { outcome } = runTask(forkWorker(), { do: 'adopt', path, to, contextSize: CONTEXT_SIZE }, () => undefined);
    const what = await outcome;
    if (what.kind === 'done' && what.result.did === 'adopt') return what.result;
    const why = what.kind === 'failed' ? what.why : 'it was not looked through to the end';
    throw new Fault(
      'bad_model',
      why.includes(basename(path)) ? why : `model file ${basename(path)}: ${why}`,
      'give a complete model in GGUF format that this user can read',
    );
  }

  function enter(adopted: Adopted, { kept, file, source, name }: Origin): ModelEntry {
    const entry: ModelEntry = {
      name: freeName(
        name ?? basename(file),
        registry.read().models.map((model) => model.name),
      ),
      kept,
      file,
      sha256: adopted.sha256,
      bytes: adopted.bytes,
      facts: adopted.facts,
      source,
      addedAt: now(),
      benchmark: null,
    };
    registry.change((known) => ({ ...known, models: [...known.models, entry] }));
    return entry;
  }

  return {
    pathOf,
    adopt,
    enter,
    async importFile(path, copy, name) {
      const { models } = registry.read();
      refuseTaken(name, models);
      const incoming = copy ? join(folder, `import-${process.pid}-${now()}.gguf`) : null;
      const adopted = await adopt(path, incoming);
      const same = models.find(({ sha256 }) => sha256 === adopted.sha256);
      if (same !== undefined) {
        if (incoming !== null) rmSync(incoming, { force: true });
        return same;
      }
      if (incoming === null) return enter(adopted, { kept: 'referenced', file: path, source: null, name });
      const chosen = freeName(
        name ?? basename(path),
        registry.read().models.map((model) => model.name),
      );
      renameSync(incoming, join(folder, `${chosen}.gguf`));
      return enter(adopted, { kept: 'copied', file: `${chosen}.gguf`, source: null, name: chosen });
    },
    remove(name) {
      const gone = registry.entry(name);
      registry.change((known) => ({
        ...known,
        analyst: known.analyst === name ? null : known.analyst,
        embedding: known.embedding === name ? null : known.embedding,
        models: known.models.filter((model) => model.name !== name),
      }));
      const deletedFile = gone.kept !== 'referenced';
      if (deletedFile) rmSync(pathOf(gone), { force: true });
      return { deletedFile };
    },
  };
}

/** Throws Fault `usage` for a name that was asked for and is taken. */
export function refuseTaken(name: string | undefined, models: readonly Pick<ModelEntry, 'name'>[]): void {
  if (name === undefined) return;
  if (name === 'rules') throw new Fault('usage', 'rules is the word for no model', 'choose another name');
  if (models.some((model) => model.name === name))
    throw new Fault(
      'usage',
      `there is a model ${name} already`,
      `choose another name, or remove it: mt models rm ${name}`,
    );
}
