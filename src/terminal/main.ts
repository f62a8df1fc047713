import { homedir } from 'node:os';
import { Fault } from '#core/kernel/fault.ts';
import { resolveHome } from '#host/home-folder.ts';
import { runBatch } from './batch.ts';
import type { Context } from './context.ts';
import { EXIT, type Failure, failureOf } from './failure.ts';
import { failureLines } from './line-runner.ts';
import { createOutput, type Output } from './output.ts';
import type { EnginePlace } from './own-engine.ts';
import { type Globals, type Invocation, parseCommandLine } from './program.ts';
import { runCommand } from './run-command.ts';
import { createSecretPrompt } from './secrets/ask.ts';
import { watchStreams } from './watch-streams.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal asks for an orderly end; a second one while that goes on ends the process as usual. */
function onInterrupt(listener: () => void): () => void {
  const undo = (): void => {
    for (const signal of SIGNALS) process.off(signal, once);
  };
  const once = (): void => {
    undo();
    listener();
  };
  for (const signal of SIGNALS) process.on(signal, once);
  return undo;
}

/** Where nobody reads along, the answer is JSON: one line that a program can read. `--plain` asks for text there too. */
const outputFor = ({ json, plain }: Pick<Globals, 'json' | 'plain'>): Output =>
  createOutput({
    json: json || (!plain && !process.stdout.isTTY),
    plain,
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  });

function tell(output: Output, failure: Failure): number {
  const { code, message, remedy, exitCode } = failure;
  for (const text of failureLines(failure)) output.note(text);
  output.answer({ error: { code, message, remedy } });
  return exitCode;
}

function contextFor(globals: Globals, output: Output, place: EnginePlace): Context {
  const home = resolveHome({
    flag: globals.home,
    env: process.env,
    platform: process.platform,
    homedir: homedir(),
    cwd: process.cwd(),
  });
  const prompt = createSecretPrompt(process.stdin, (text) => void process.stderr.write(text));
  return { output, home, cwd: process.cwd(), place, verbose: globals.verbose, yes: globals.yes, prompt, onInterrupt };
}

async function runInvocation(invocation: Invocation, output: Output, place: EnginePlace): Promise<number> {
  if (invocation.kind === 'shown') {
    process.stdout.write(invocation.text);
    return EXIT.ok;
  }
  if (invocation.globals.batch) {
    if (invocation.kind === 'call')
      throw new Fault(
        'usage',
        '--batch reads its commands from standard input',
        'leave the command out, and send it as a line: "status"',
      );
    return runBatch(contextFor(invocation.globals, output, place), {
      input: process.stdin,
      write: (text) => void process.stdout.write(text),
    });
  }
  if (invocation.kind === 'call') return runCommand(invocation.call, contextFor(invocation.globals, output, place));
  if (!output.fullScreen) {
    const context = contextFor(invocation.globals, output, place);
    return runCommand({ id: 'help', args: { command: [] } }, context);
  }
  const { openConsole } = await import('./console/open-console.ts');
  return openConsole(contextFor(invocation.globals, output, place));
}

async function answerTo(argv: readonly string[], place: EnginePlace): Promise<number> {
  // Known before the line is parsed, so that a parse error is told in the form that was asked for.
  let output = outputFor({ json: argv.includes('--json'), plain: argv.includes('--plain') });
  try {
    const invocation = parseCommandLine(argv, place.version);
    output = outputFor(invocation.globals);
    return await runInvocation(invocation, output, place);
  } catch (error) {
    return tell(output, failureOf(error));
  }
}

/** Runs a command line and answers its exit code. Whatever goes wrong is said with its remedy; nothing is thrown. */
export async function main(argv: readonly string[], place: EnginePlace): Promise<number> {
  const streams = watchStreams(process.stdout, process.stderr);
  const code = await answerTo(argv, place);
  const written = await streams.allWritten();
  return written || code !== EXIT.ok ? code : EXIT.failed;
}
