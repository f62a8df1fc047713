import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandId, commands } from '#shared/commands/registry.ts';
import { NODE } from '../support/child.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt, startInstalled, startMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-batch');
let installed = '';

beforeAll(async () => {
  installed = await installedTerminal();
});
afterAll(() => folder.remove());

type Row = {
  readonly line: number;
  readonly id?: unknown;
  readonly exitCode: number;
  readonly answer?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
};

const batch = async (lines: readonly string[], home: string) => {
  const { code, stdout, stderr } = await runMt(['--batch'], { home, input: `${lines.join('\n')}\n` });
  return {
    code,
    stderr,
    rows: stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as Row),
  };
};

const outputOf = (id: CommandId) => commands.find((command) => command.id === id)?.output;

describe('mt --batch', () => {
  const home = join(folder.path, 'home');

  it('answers each line with one, on one engine, and goes on after what fails', async () => {
    const { code, rows, stderr } = await batch(
      [
        '"status"',
        '{"id": "why not", "command": ["agent", "why", "A-none"]}',
        'no json',
        '',
        '{"id": 7, "command": "mt kill --reason \\"news in ten minutes\\""}',
        '{"command": "spawn"}',
        '{"command": ["resume", "--reason", "checked by hand"]}',
        '"order cancel \'open"',
        '{"command": "status", "more": true}',
        '"up"',
        '"status --home /elsewhere"',
        '"orders"',
      ],
      home,
    );
    expect(stderr).toBe('');
    expect(rows.map(({ line, id, exitCode, error }) => [line, id, exitCode, error?.code])).toEqual([
      [1, undefined, 0, undefined],
      [2, 'why not', 2, 'not_found'],
      [3, undefined, 2, 'usage'],
      [4, 7, 0, undefined],
      [5, undefined, 4, 'halted'],
      [6, undefined, 0, undefined],
      [7, undefined, 2, 'usage'],
      [8, undefined, 2, 'usage'],
      [9, undefined, 2, 'usage'],
      [10, undefined, 2, 'usage'],
      [11, undefined, 0, undefined],
    ]);
    for (const { error } of rows) if (error !== undefined) expect(error.remedy).not.toBe('');
    expect(code, 'the code of the first that failed').toBe(2);
    expect(outputOf('status')?.safeParse(rows[0]?.answer).error).toBeUndefined();
    expect(outputOf('order.ls')?.safeParse(rows.at(-1)?.answer).error).toBeUndefined();
  });

  it('uses an engine that runs, and tells when it went away', async () => {
    const up = await startMt(['up'], { home });
    await up.said(/listens on/);
    const running = await startMt(['--batch'], { home });
    running.child.stdin?.write('"status"\n');
    await running.said(/"engine":"running"/);
    up.child.kill('SIGKILL');
    await up.finished;
    running.child.stdin?.end('"agents"\n"status"\n');
    const { stdout, code } = await running.finished;
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as Row);
    expect(rows.map(({ exitCode }) => exitCode)).toEqual([0, 6, 0]);
    expect(rows[2]?.answer).toMatchObject({ engine: 'own' });
    expect(code).toBe(6);
  });

  it('takes no command beside it', async () => {
    const { code, stdout } = await runMt(['status', '--batch'], { home });
    expect(code).toBe(2);
    expect(oneJsonLine(stdout)).toMatchObject({ error: { code: 'usage' } });
  });
});

describe('output that is no terminal', () => {
  const plainMt = (args: readonly string[]) =>
    startInstalled([NODE, join(installed, 'resources/mt.cjs'), ...args, '--home', join(folder.path, 'piped')]).finished;

  it.each([
    ['status', ['status']],
    ['portfolio.show', ['positions']],
    ['chart', ['chart', 'BTC/USDT', '1h']],
    ['version', ['version']],
  ] as const)('is one line of JSON that its schema allows: %s', async (id, args) => {
    const { code, stdout } = await plainMt(args);
    expect(code).toBe(0);
    expect(outputOf(id)?.safeParse(oneJsonLine(stdout)).error).toBeUndefined();
  });

  it('is an error as JSON too, and text where --plain asks for it', async () => {
    const wrong = await plainMt(['agent', 'why', 'A-none']);
    expect(wrong.code).toBe(2);
    expect(oneJsonLine(wrong.stdout)).toMatchObject({ error: { code: 'not_found' } });
    const text = await plainMt(['status', '--plain']);
    expect(text.stdout).toContain('MASTER TRADER');
    expect(text.stdout).not.toContain('\u001b');
  });
});

describe('aliases', () => {
  it('are words of their own, never the beginning of a command', () => {
    const starts = new Set(commands.map(({ words }) => words[0]));
    const aliases = commands.flatMap((command) => command.aliases ?? []);
    expect(aliases.length).toBeGreaterThan(5);
    for (const alias of aliases) expect(starts, alias.join(' ')).not.toContain(alias[0]);
    expect(new Set(aliases.map((alias) => alias.join(' '))).size).toBe(aliases.length);
  });
});
