import { describe, expect, it } from 'vitest';
import { Fault } from '#core/kernel/fault.ts';
import { commandName } from '#shared/commands/command.ts';
import { commands } from '#shared/commands/registry.ts';
import { argName, argsOf } from '#shared/commands/usage.ts';
import { helpPage, parseCommandLine } from '../../src/terminal/program.ts';

const VERSION = '1.2.3';
/** Splits an example as a shell would: blanks, and double quotes around words with blanks. */
const shellWords = (text: string): string[] =>
  (text.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
const parse = (text: string) => parseCommandLine(shellWords(text), VERSION);

const faultOf = (text: string): Fault => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`"mt ${text}" was not refused`);
};

describe('the command line', () => {
  it.each(commands.flatMap((command) => command.examples.map((example) => [example, command.id] as const)))(
    'reads the example "%s"',
    (example, id) => {
      const invocation = parseCommandLine(shellWords(example).slice(1), VERSION);
      expect(invocation.kind === 'call' && invocation.call.id).toBe(id);
    },
  );

  it('takes global options before and after the command', () => {
    const globals = { home: '/x', json: true, plain: true, verbose: true, batch: false, yes: false };
    expect(parse('--home /x --json --plain --verbose status').globals).toEqual(globals);
    expect(parse('status --home /x --json --plain --verbose').globals).toEqual(globals);
    expect(parse('agent why A-1 --json').globals.json).toBe(true);
    expect(parse('status').globals).toEqual({
      home: undefined,
      json: false,
      plain: false,
      verbose: false,
      batch: false,
      yes: false,
    });
  });

  it('is bare when it names no command, and shows pages and version without running anything', () => {
    expect(parse('').kind).toBe('bare');
    expect(parse('--home /x')).toMatchObject({ kind: 'bare', globals: { home: '/x' } });
    expect(parse('--version')).toMatchObject({ kind: 'shown', text: `${VERSION}\n` });
    expect(parse('spawn --help')).toMatchObject({ kind: 'shown', text: expect.stringContaining('--fee-bps') });
  });

  it.each([
    ['-V --json', { id: 'version', args: {} }],
    ['--json --version', { id: 'version', args: {} }],
    ['--help --json', { id: 'help', args: { command: [] } }],
    ['agent why --json --help', { id: 'help', args: { command: ['agent', 'why'] } }],
  ])('keeps to JSON where "mt %s" asks for the version or a page', (text, call) => {
    expect(parse(text)).toMatchObject({ kind: 'call', call, globals: { json: true } });
  });

  it.each([
    ['foo', /unknown command 'foo'/],
    ['spwn', /Did you mean spawn/],
    ['status --bogus', /unknown option '--bogus'/],
    ['status extra', /too many arguments/],
    ['agent', /only half a command: pause, resume or why must follow/],
    ['agent show', /unknown command 'show'/],
    ['agent why', /missing required argument 'ID'/],
    ['spawn --seed', /--seed <N>.*missing/],
    ['spawn --seed -1', /--seed "-1": is not a whole number/],
    ['spawn --at yesterday', /--at "yesterday": is not a moment/],
    ['spawn --cash -5', /--cash "-5": is not a plain number/],
    ['spawn --cash 0', /--cash "0": must be above zero/],
    ['spawn --fee-bps 5000', /--fee-bps "5000": is above 1000/],
    ['spawn --interval 7m', /--interval "7m": is not a known interval/],
    ['spawn BTCUSDT', /INSTRUMENT "BTCUSDT"/],
    ['import x.csv --interval 1h', /--instrument is missing/],
    ['import --instrument BTC/USDT --interval 1h', /missing required argument 'FILE'/],
    ['resume', /--reason is missing/],
    ['up --port 70000', /--port "70000": is above 65535/],
    ['up --port 0', /--port "0": is below 1/],
  ])('refuses "mt %s" by name, with a remedy', (text, message) => {
    const fault = faultOf(text);
    expect(fault.code).toBe('usage');
    expect(fault.message).toMatch(message);
    expect(fault.remedy).not.toBe('');
  });
});

describe('the help', () => {
  it('lists every command with its summary, and the exit codes', () => {
    const page = helpPage([], VERSION).replace(/\s+/g, ' ');
    for (const command of commands) {
      expect(page).toContain(commandName(command));
      expect(page).toContain(command.summary);
    }
    expect(page).toContain('Exit codes: 0 done');
  });

  it.each(commands.map((command) => [commandName(command), command] as const))(
    'has a page for %s that names every argument and example',
    (_name, command) => {
      const page = helpPage(command.words, VERSION);
      const flat = page.replace(/\s+/g, ' ');
      expect(flat).toContain(command.summary);
      for (const arg of argsOf(command)) {
        expect(page).toContain(argName(arg));
        expect(flat).toContain(arg.summary);
      }
      for (const example of command.examples) expect(page).toContain(example);
      for (const option of ['--home', '--json', '--plain', '--verbose']) expect(page).toContain(option);
    },
  );

  it('fits eighty or a hundred columns and holds no escape sequence', () => {
    for (const command of commands) {
      const page = helpPage(command.words, VERSION);
      expect(page).not.toContain('\u001b');
      for (const row of page.split('\n')) expect(row.length, row).toBeLessThanOrEqual(110);
    }
  });

  it('refuses words that name no command', () => {
    expect(() => helpPage(['agent', 'dance'], VERSION)).toThrow(/no command "agent dance"/);
  });
});
