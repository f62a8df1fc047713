import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { errorCode } from '#adapters/files/error-code.ts';
import { modelFacts } from '#adapters/inference-llama/file-task.ts';
import { Fault } from '#core/kernel/fault.ts';
import { benchmarkView, canaryView, modelName, remoteModel } from '#shared/contract/models.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.int().min(0);

const entry = z.strictObject({
  name: modelName,
  kept: z.enum(['copied', 'referenced', 'downloaded']),
  /** Absolute where the file is only referenced, else a name in the folder of models. */
  file: z.string().min(1).max(4096),
  sha256,
  bytes: z.int().min(0),
  facts: modelFacts,
  source: z.string().max(2048).nullable(),
  addedAt: moment,
  benchmark: benchmarkView.nullable(),
});
export type ModelEntry = z.infer<typeof entry>;

const modelsFile = z.strictObject({
  version: z.literal(1),
  analyst: modelName.nullable(),
  embedding: modelName.nullable(),
  remote: remoteModel.nullable().default(null),
  models: z.array(entry).max(500),
  /** What came from an address the first time. Kept when the model is removed, so that another file is noticed. */
  pins: z.array(z.strictObject({ url: z.string().max(2048), sha256, at: moment })).max(5_000),
  /** The newest grade for each weights, build and threads (the build names the threads). */
  canaries: z.array(canaryView).max(1_000),
});
export type ModelsFile = z.infer<typeof modelsFile>;

const EMPTY: ModelsFile = {
  version: 1,
  analyst: null,
  embedding: null,
  remote: null,
  models: [],
  pins: [],
  canaries: [],
};

export type Registry = {
  /** Throws Fault `storage` when the file is damaged. */
  read(): ModelsFile;
  change(how: (file: ModelsFile) => ModelsFile): ModelsFile;
  /** Throws Fault `not_found`. */
  entry(name: string): ModelEntry;
};

/** The models of this data folder, in a file that holds no secret. Nothing is in it that was not computed or measured here. */
export function openRegistry(path: string): Registry {
  /** Only this engine writes the file, so what was read stays true. */
  let kept: ModelsFile | undefined;

  function read(): ModelsFile {
    kept ??= readFile();
    return kept;
  }

  function readFile(): ModelsFile {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return EMPTY;
      throw new Fault('storage', `${path} cannot be read`, 'see that the data folder is yours and can be read');
    }
    try {
      return modelsFile.parse(JSON.parse(text));
    } catch {
      throw new Fault(
        'storage',
        `${path} is damaged`,
        'delete it and import the models again; the files are still in the folder models',
      );
    }
  }
  return {
    read,
    change(how) {
      const next = modelsFile.parse(how(read()));
      writeFileAtomic(path, `${JSON.stringify(next, null, 2)}\n`);
      kept = next;
      return next;
    },
    entry(name) {
      const found = read().models.find((model) => model.name === name);
      if (found !== undefined) return found;
      throw new Fault('not_found', `there is no model ${name}`, 'list the models with mt models ls, or import one');
    },
  };
}

/** A name that no model has yet, made of a file name. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const stem = wanted
    .replace(/\.gguf$/i, '')
    .replaceAll(/[^\w.-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 70);
  const base = stem === '' || stem === 'rules' ? 'model' : stem;
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(name)) return name;
  }
}
