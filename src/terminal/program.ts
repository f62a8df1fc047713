import { Command as Commander, CommanderError, Option } from 'commander';
import type { z } from 'zod';
import { Fault } from '#core/kernel/fault.ts';
import { type Command, commandName } from '#shared/commands/command.ts';
import { type AnyCommand, type ArgsOf, type CommandId, commands } from '#shared/commands/registry.ts';
import { type Arg, argName, argsOf } from '#shared/commands/usage.ts';
import { withoutAlias } from './aliases.ts';
import { EXIT_CODES, FIRST_STEPS } from './help-texts.ts';

export type Globals = {
  readonly home: string | undefined;
  readonly json: boolean;
  readonly plain: boolean;
  readonly verbose: boolean;
  /** Commands come line by line on standard input. */
  readonly batch: boolean;
  /** What asks for a confirmation is confirmed. Never stands for a passphrase or a code. */
  readonly yes: boolean;
};

/** A command with its checked arguments. The union pairs each id with its own arguments. */
export type Call = { readonly [Id in CommandId]: { readonly id: Id; readonly args: ArgsOf<Id> } }[CommandId];

export type Invocation =
  | { readonly kind: 'call'; readonly call: Call; readonly globals: Globals }
  /** Nothing but perhaps global options was given. */
  | { readonly kind: 'bare'; readonly globals: Globals }
  /** A page of help or the version was asked for with an option. */
  | { readonly kind: 'shown'; readonly text: string; readonly globals: Globals };

type Sink = {
  readonly found: (command: AnyCommand, raw: Readonly<Record<string, unknown>>) => void;
  /** A part of the page of the command with these words. */
  readonly write: (text: string, words: readonly string[]) => void;
};

function describeArgument(commander: Commander, arg: Arg): void {
  const name = argName(arg);
  if (arg.kind === 'positional') commander.argument(arg.required ? `<${name}>` : `[${name}]`, arg.summary);
  else if (arg.kind === 'words') commander.argument(`[${name}...]`, arg.summary);
  else {
    const flags = arg.kind === 'switch' ? name : `${name} <${arg.value ?? 'VALUE'}>`;
    const made = new Option(flags, arg.summary).makeOptionMandatory(false);
    if (arg.kind === 'repeated')
      made.argParser((value: string, before?: readonly string[]) => [...(before ?? []), value]);
    commander.addOption(made);
  }
}

const rawArguments = (args: readonly Arg[], given: readonly unknown[], options: Readonly<Record<string, unknown>>) => {
  const places = args.filter(({ kind }) => kind === 'positional' || kind === 'words');
  const named = args.filter(({ kind }) => kind !== 'positional' && kind !== 'words');
  const entries = [
    ...places.map(({ key }, index) => [key, given[index]] as const),
    ...named.map(({ key }) => [key, options[key]] as const),
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
};

/** Commands that do something by themselves, also when others are named below them, as with `agents`. */
const runnable = new WeakSet<Commander>();

/** A group such as `agent` is no command by itself: the help lists what is in it. */
const leaves = (commander: Commander): Commander[] =>
  commander.commands.flatMap((one) => [
    ...(one.commands.length === 0 || runnable.has(one) ? [one] : []),
    ...leaves(one),
  ]);

/** `agent why <ID>`. */
function termOf(leaf: Commander): string {
  const places = leaf.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? ` <${name}>` : ` [${name}]`;
  });
  return `${wordsOf(leaf).join(' ')}${places.join('')}`;
}

/** `['agent', 'why']`; the program itself has none. */
const wordsOf = (commander: Commander): readonly string[] =>
  commander.parent === null ? [] : [...wordsOf(commander.parent), commander.name()];

/** Every commander command writes and ends through us: nothing may print or exit behind the back of `--json`. */
function quiet(commander: Commander, sink: Sink): Commander {
  return commander
    .exitOverride()
    .helpCommand(false)
    .configureOutput({ writeOut: (text) => sink.write(text, wordsOf(commander)), writeErr: () => undefined })
    .configureHelp({ showGlobalOptions: true, helpWidth: 100, visibleCommands: leaves, subcommandTerm: termOf });
}

function addCommand(parent: Commander, command: AnyCommand, sink: Sink): Commander {
  const args = argsOf(command);
  const last = command.words.at(-1) ?? command.id;
  const made = quiet(parent.command(last), sink).description(
    'detail' in command ? `${command.summary}.\n\n${command.detail}` : `${command.summary}.`,
  );
  made.summary(command.summary);
  for (const arg of args) describeArgument(made, arg);
  made.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`);
  made.action((...given: unknown[]) => sink.found(command, rawArguments(args, given, made.opts())));
  runnable.add(made);
  return made;
}

/** The parser, generated from the registry. */
export function buildProgram(version: string, sink: Sink): Commander {
  const program = quiet(new Commander('mt'), sink)
    .description(
      'Master Trader in the terminal: analyse, spawn an agent made for the moment, trade behind a risk gate, remember.',
    )
    .version(version, '-V, --version', 'show the version')
    .option('--home <DIR>', 'data folder; also MT_HOME')
    .option('--json', 'print one line of JSON and nothing else; so does output that is no terminal')
    .option('--plain', 'lines of text without full screen and colours, wherever they go')
    .option('--batch', 'read commands from standard input, one JSON line each; answer each with one')
    .option('--verbose', 'write the log to standard error')
    .option('--yes', 'confirm what asks for a confirmation; stands for no passphrase and no code')
    .addHelpText('after', `\n${EXIT_CODES}\n\n${FIRST_STEPS}`);
  const groups = new Map<string, Commander>();
  for (const command of commands) {
    let parent = program;
    for (const [index, word] of command.words.slice(0, -1).entries()) {
      const path = command.words.slice(0, index + 1).join(' ');
      const group: Commander = groups.get(path) ?? quiet(parent.command(word), sink).usage('COMMAND');
      groups.set(path, group);
      parent = group;
    }
    // A command may have others below it, as `agents` has.
    groups.set(command.words.join(' '), addCommand(parent, command, sink));
  }
  return program;
}

/** What commander throws where a command is missing. */
const HELP_INSTEAD = 'commander.help';
/** What it throws after it has shown the version. */
const VERSION_SHOWN = 'commander.version';

const usage = (message: string, remedy: string): Fault => new Fault('usage', message, remedy);

/** Names the argument, repeats what was given, and says what is right. */
function refusal(command: Command, issue: z.core.$ZodIssue, raw: Readonly<Record<string, unknown>>): Fault {
  const key = String(issue.path[0] ?? '');
  const arg = argsOf(command).find((candidate) => candidate.key === key);
  const help = `see mt help ${commandName(command)}`;
  if (arg === undefined) return usage(issue.message, help);
  const name = argName(arg);
  const given = raw[key];
  if (given === undefined) return usage(`${name} is missing`, `${arg.form ?? `give ${name}`}; ${help}`);
  return usage(`${name} ${JSON.stringify(given)}: ${issue.message}`, arg.form ?? help);
}

function checked(command: AnyCommand, raw: Readonly<Record<string, unknown>>): Call {
  const result = command.args.safeParse(raw);
  const issue = result.error?.issues[0];
  if (issue !== undefined) throw refusal(command, issue, raw);
  // The id and its arguments come from the same entry of the registry; TypeScript cannot follow the pair through the union.
  return { id: command.id, args: result.data } as Call;
}

const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function refusedByParser(error: CommanderError, program: Commander): Fault {
  const remedy = 'see mt help for the commands, and mt help COMMAND for its options';
  const group = program.commands.find((candidate) => candidate.name() === program.args[0]);
  if (error.code === HELP_INSTEAD && group !== undefined) {
    const next = oneOf(group.commands.map((candidate) => candidate.name()));
    return usage(`mt ${group.name()} is only half a command: ${next} must follow`, `see mt help ${group.name()}`);
  }
  const message = error.message.replace(/^error: /, '').replace(/\s+/g, ' ');
  const words = commandIn(program);
  return usage(message, words === undefined ? remedy : `see mt help ${words}`);
}

/** The words of the command that the parser stopped in; undefined when it never came to one. */
function commandIn(program: Commander): string | undefined {
  // Of `agents` and `agents log` the longer one is meant, and it comes later.
  const leaf = leaves(program).findLast((candidate) => {
    const words = wordsOf(candidate);
    return words.every((word, at) => word === program.args[at]);
  });
  return leaf === undefined ? undefined : wordsOf(leaf).join(' ');
}

/** Reads a command line (without node and script). Throws Fault `usage` that names what is wrong. */
export function parseCommandLine(argv: readonly string[], version: string): Invocation {
  let found: { readonly command: AnyCommand; readonly raw: Readonly<Record<string, unknown>> } | undefined;
  let text = '';
  let about: readonly string[] = [];
  const line = withoutAlias(argv);
  const program = buildProgram(version, {
    found: (command, raw) => {
      found = { command, raw };
    },
    write: (part, words) => {
      text += part;
      about = words;
    },
  });
  let shown: 'help' | 'version' | undefined;
  try {
    program.parse([...line], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const bare = error.code === HELP_INSTEAD && program.args.length === 0;
    if (error.exitCode !== 0 && !bare) throw refusedByParser(error, program);
    if (!bare) shown = error.code === VERSION_SHOWN ? 'version' : 'help';
  }
  const {
    home,
    json = false,
    plain = false,
    verbose = false,
    batch = false,
    yes = false,
  } = program.opts<Partial<Globals>>();
  const globals: Globals = { home, json, plain, verbose, batch, yes };

  // The parser stops at -V or --help and reads no option behind it.
  if (shown !== undefined && argv.includes('--json')) {
    const call: Call =
      shown === 'version' ? { id: 'version', args: {} } : { id: 'help', args: { command: [...about] } };
    return { kind: 'call', call, globals: { ...globals, json: true } };
  }
  if (shown !== undefined) return { kind: 'shown', text, globals };
  if (found === undefined) return { kind: 'bare', globals };
  return { kind: 'call', call: checked(found.command, found.raw), globals };
}

/** The help page of the program or, given its words, of one command. Throws Fault `usage` for words that name none. */
export function helpPage(words: readonly string[], version: string): string {
  let page = buildProgram(version, { found: () => undefined, write: () => undefined });
  for (const word of words) {
    const next = page.commands.find((candidate) => candidate.name() === word);
    if (next === undefined) throw usage(`there is no command "${words.join(' ')}"`, 'see mt help for the commands');
    page = next;
  }
  let text = '';
  page.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  page.outputHelp();
  return text;
}
