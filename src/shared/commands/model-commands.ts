import { z } from 'zod';
import { benchmarkView, canaryView, downloadView, modelList, modelName, modelView } from '../contract/models.ts';
import { command } from './command.ts';
import { FORM, flag, option, pathArg, positional } from './fields.ts';

const NAME_FORM = 'take a name from mt models ls';
const nameArg = () => positional(modelName, 'NAME', 'the model, as mt models ls lists it', NAME_FORM);
const newNameArg = () =>
  option(
    modelName.optional(),
    'NAME',
    'what to call it; made of the name of the file when left out',
    'a name has up to 80 letters, digits, dots, dashes and underscores, and begins with a letter or digit',
  );

const list = command({
  id: 'models.ls',
  words: ['models', 'ls'],
  summary: 'List the models, how well they fit this machine, and what is being downloaded',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt models ls', 'mt models ls --json'],
  output: modelList,
});

const importCommand = command({
  id: 'models.import',
  words: ['models', 'import'],
  summary: 'Take over a model file in GGUF format',
  detail:
    'It is copied into the data folder, or used where it lies with --reference. Its SHA-256 is computed while it is read, and a file that ' +
    'changes later is not loaded any more.',
  risk: 'admin',
  args: z.strictObject({
    file: positional(pathArg(), 'FILE', 'language or embedding model in GGUF format', FORM.path),
    reference: flag('leave the file where it is'),
    name: newNameArg(),
  }),
  examples: ['mt models import tinyllama.gguf', 'mt models import /models/minilm.gguf --reference --name minilm'],
  output: modelView,
});

const download = command({
  id: 'models.download',
  words: ['models', 'download'],
  summary: 'Fetch a model from an address, or go on with a fetch that was interrupted',
  detail:
    'Interrupting the command pauses the fetch; the same command goes on where it stopped. No list of right hashes comes with this program: what ' +
    'arrives first is pinned, and another file from the same address is refused later.',
  risk: 'admin',
  args: z.strictObject({
    url: positional(
      z.url({ protocol: /^https?$/, error: 'is not an address' }).max(2048),
      'URL',
      'address of a GGUF file; https, or http on this machine',
      'give an address such as https://example.org/model.gguf',
    ),
    name: newNameArg(),
    pause: flag('pause the fetch that an engine is doing'),
    cancel: flag('end it and delete what has arrived'),
  }),
  examples: [
    'mt models download https://example.org/model.gguf --name small',
    'mt models download https://example.org/model.gguf --cancel',
  ],
  output: downloadView,
});

const remove = command({
  id: 'models.rm',
  words: ['models', 'rm'],
  summary: 'Forget a model, and delete its file unless it was only referenced',
  risk: 'admin',
  args: z.strictObject({ name: nameArg() }),
  examples: ['mt models rm small'],
  output: z.strictObject({ removed: modelName, deletedFile: z.boolean() }),
});

const use = command({
  id: 'models.use',
  words: ['models', 'use'],
  summary: 'Choose the model that judges, or the one that embeds texts; rules for none',
  risk: 'admin',
  args: z.strictObject({
    name: positional(modelName, 'NAME', 'the model, or the word rules: then no model is asked', NAME_FORM),
  }),
  examples: ['mt models use small', 'mt models use rules'],
  output: modelList,
});

const remote = command({
  id: 'models.remote',
  words: ['models', 'remote'],
  summary: 'Set a model behind an OpenAI-compatible API, asked where no local model is chosen',
  detail:
    'Off until it is set. What the analyst shows of the market then leaves for that address: over https, or over http on this machine. Its answers are ' +
    'labelled remote and cannot be repeated. --off takes it away.',
  risk: 'admin',
  args: z.strictObject({
    url: positional(
      z
        .url({ protocol: /^https?$/, error: 'is not an address' })
        .max(300)
        .optional(),
      'URL',
      'address before /chat/completions',
      'give an address such as http://127.0.0.1:8080/v1',
    ),
    model: option(z.string().min(1).max(120).optional(), 'NAME', 'the model as that server calls it', 'give its name'),
    key: option(
      z.string().max(40).optional(),
      'NAME',
      'stored key whose API key is sent along',
      'list the stored keys with mt keys ls',
    ),
    off: flag('ask no remote model any more'),
  }),
  examples: ['mt models remote http://127.0.0.1:8080/v1 --model qwen', 'mt models remote --off'],
  output: modelList,
});

const load = command({
  id: 'models.load',
  words: ['models', 'load'],
  summary: 'Load a model now, or see whether it can be loaded',
  risk: 'admin',
  args: z.strictObject({ name: nameArg() }),
  examples: ['mt models load small'],
  output: modelView,
});

const unload = command({
  id: 'models.unload',
  words: ['models', 'unload'],
  summary: 'End the process of a model and free its memory',
  risk: 'admin',
  args: z.strictObject({ name: nameArg() }),
  examples: ['mt models unload small'],
  output: modelView,
});

const bench = command({
  id: 'models.bench',
  words: ['models', 'bench'],
  summary: 'Measure how fast a model reads and writes on this machine',
  risk: 'admin',
  args: z.strictObject({
    name: nameArg(),
    runs: option(
      z
        .string()
        .regex(/^([1-9]|1\d|20)$/, 'is not a number from 1 to 20')
        .transform(Number)
        .optional(),
      'N',
      'questions to time; 3 when left out',
      'a whole number from 1 to 20',
    ),
  }),
  examples: ['mt models bench small', 'mt models bench small --runs 10'],
  output: benchmarkView,
});

const canary = command({
  id: 'models.canary',
  words: ['models', 'canary'],
  summary: 'Ask one fixed question three times and grade how far the answers are the same',
  detail:
    'bit-exact: every probability was the same to the last bit, and recorded decisions can be repeated. stable-text: the same tokens. ' +
    'non-deterministic: other tokens; the exit code is then 1.',
  risk: 'admin',
  args: z.strictObject({ name: nameArg() }),
  examples: ['mt models canary small'],
  output: canaryView,
});

/** The commands for models, in the order of the help. */
export const modelCommands = [list, importCommand, download, remove, use, remote, load, unload, bench, canary] as const;
