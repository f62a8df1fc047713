import { join } from 'node:path';
import { z } from 'zod';
import { openWorkerPort } from '#adapters/inference-llama/worker-port.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { connectToEngine } from '#host/engine-file.ts';
import { runConsole } from '../console/run-console.tsx';
import type { Context } from '../context.ts';
import { failureOf } from '../failure.ts';
import { failureLines } from '../line-runner.ts';
import { createOutput } from '../output.ts';
import { createSecretPrompt } from '../secrets/ask.ts';
import { windowStreams } from './streams.ts';

// The console for a window: a process of its own that reaches the engine as every terminal does, by the keys in the data folder. It runs
// the commands of the registry and nothing else.

process.env['NODE_ENV'] ??= 'production';
// Colours are the window's business; what it is told by the environment of the engine is not.
process.env['FORCE_COLOR'] ??= '1';

const told = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    home: z.string(),
    columns: z.int(),
    rows: z.int(),
    screenReader: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('typed'), data: z.string() }),
  z.strictObject({ kind: z.literal('size'), columns: z.int(), rows: z.int() }),
]);
type Start = Extract<z.infer<typeof told>, { readonly kind: 'start' }>;

const port = openWorkerPort();
let streams: ReturnType<typeof windowStreams> | undefined;

async function show({ home, columns, rows, screenReader }: Start): Promise<string> {
  streams = windowStreams({ columns, rows }, (data) => port.post({ kind: 'drawn', data }));
  const { stdin, stdout } = streams;
  const root = join(import.meta.dirname, '../..');
  const context: Context = {
    output: createOutput({ json: false, plain: true, env: {}, stdin, stdout, stderr: stdout }),
    home,
    cwd: home,
    verbose: false,
    yes: false,
    prompt: createSecretPrompt({ ...NO_INPUT }, () => undefined),
    onInterrupt: () => () => undefined,
    place: {
      resources: join(root, 'resources'),
      page: join(root, 'out/renderer'),
      worker: join(import.meta.dirname, 'inference-worker.js'),
      labWorker: join(import.meta.dirname, 'lab-worker.js'),
      windowTerminal: join(import.meta.dirname, 'window-terminal.js'),
      version: 'in the window',
      modelPath: undefined,
    },
  };
  const client = await connectToEngine(home, 'trade');
  const logger = createRingLogger({ verbose: false });
  const session = { client, attached: true, logger, close: async () => client.close() };
  await runConsole(context, session, { stdin, stdout, screenReader });
  return 'you left it';
}

async function showAndTell(message: Start): Promise<void> {
  const why = await show(message).catch((error: unknown) => failureLines(failureOf(error)).join(' '));
  port.post({ kind: 'over', why: why.slice(0, 400) });
}

/** The console asks for secrets in its own last row; nothing else in this process can. */
const NO_INPUT = {
  on: () => undefined,
  off: () => undefined,
  resume: () => undefined,
  pause: () => undefined,
};

port.onMessage((raw) => {
  const message = told.safeParse(raw).data;
  if (message === undefined) return;
  if (message.kind === 'typed') return streams?.type(message.data);
  if (message.kind === 'size') return streams?.resize(message.columns, message.rows);
  void showAndTell(message);
});
port.onGone(() => process.exit(0));
port.post({ kind: 'ready' });
