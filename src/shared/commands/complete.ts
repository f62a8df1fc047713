import { type Command, commandName } from './command.ts';
import { quoted, splitLine } from './split-line.ts';
import { type Arg, argName, argsOf } from './usage.ts';

/** A way to go on with what was typed. */
export type Completion = {
  /** The whole line with it. */
  readonly line: string;
  readonly label: string;
  readonly summary: string;
};

/** Values that only a running program knows, by the placeholder of the argument they are for. */
export type KnownValues = { readonly [placeholder: string]: readonly string[] };

export type Completed = {
  readonly completions: readonly Completion[];
  /** What is still to be given, as the help writes it: ` INSTRUMENT [options]`. */
  readonly ghost: string;
};

const MOST = 12;

/** All names of a command, its own first. */
const namesOf = (command: Command): readonly string[] => [
  commandName(command),
  ...(command.aliases ?? []).map((words) => words.join(' ')),
];

/** The command that a line begins with, by the longest of its names, and that name. */
export function commandOf(
  text: string,
  commands: readonly Command[],
): { readonly command: Command; readonly name: string } | undefined {
  let best: { command: Command; name: string } | undefined;
  for (const command of commands)
    for (const name of namesOf(command))
      if ((text === name || text.startsWith(`${name} `)) && name.length > (best?.name.length ?? 0))
        best = { command, name };
  return best;
}

/** How a line may go on: names of commands first, then what its command still takes. */
export function complete(text: string, commands: readonly Command[], known: KnownValues = {}): Completed {
  const typed = text.trimStart();
  const names = commands
    .flatMap((command) => namesOf(command).map((name) => ({ name, command })))
    .filter(({ name }) => name.startsWith(typed) && name !== typed)
    .map(({ name, command }): Completion => ({ line: `${name} `, label: name, summary: command.summary }));
  const found = commandOf(typed, commands);
  if (found === undefined || (names.length > 0 && !typed.endsWith(' '))) {
    const first = names[0];
    const ghost = first === undefined ? '' : first.line.slice(typed.length).trimEnd();
    return { completions: names.slice(0, MOST), ghost };
  }
  const more = completeArguments(typed, found.command, found.name, known);
  return { completions: [...more.completions, ...names].slice(0, MOST), ghost: more.ghost };
}

function completeArguments(typed: string, command: Command, name: string, known: KnownValues): Completed {
  const args = argsOf(command);
  const split = splitLine(typed.slice(name.length));
  if (split.kind === 'open') return { completions: [], ghost: split.quote };
  const fresh = /\s$/.test(typed);
  const partial = fresh ? '' : (split.words.at(-1) ?? '');
  const before = fresh ? split.words : split.words.slice(0, -1);
  const head = typed.slice(0, typed.length - (fresh || partial === '' ? 0 : quoted(partial).length));
  const optionOf = (word: string | undefined): Arg | undefined =>
    args.find((arg) => arg.kind !== 'positional' && arg.kind !== 'words' && argName(arg) === word);

  const waiting = optionOf(before.at(-1));
  if (waiting !== undefined && waiting.kind !== 'switch') return values(waiting, partial, head, known);
  if (partial.startsWith('-') || partial === '--') {
    const options = args.filter((arg) => optionOf(argName(arg)) !== undefined && argName(arg).startsWith(partial));
    return { completions: options.map((arg) => optionCompletion(arg, head)), ghost: rest(options[0], partial) };
  }
  const places = args.filter(({ kind }) => kind === 'positional');
  const given = before.filter((word, at) => !word.startsWith('--') && !takesNext(optionOf(before[at - 1]))).length;
  const place = places[given];
  const suggested = place === undefined ? [] : values(place, partial, head, known).completions;
  const missing = [
    ...places.slice(given + (partial === '' ? 0 : 1)).map((arg) => (arg.required ? argName(arg) : `[${argName(arg)}]`)),
    ...args
      .filter((arg) => arg.required && optionOf(argName(arg)) !== undefined && !before.includes(argName(arg)))
      .map((arg) => `${argName(arg)} ${arg.value ?? ''}`),
    ...(args.some((arg) => !arg.required && optionOf(argName(arg)) !== undefined) ? ['[options]'] : []),
  ];
  const options = fresh
    ? args.filter((arg) => optionOf(argName(arg)) !== undefined && !before.includes(argName(arg)))
    : [];
  return {
    completions: [...suggested, ...options.map((arg) => optionCompletion(arg, head))],
    ghost: missing.length === 0 ? '' : `${fresh ? '' : ' '}${missing.join(' ')}`,
  };
}

const takesNext = (arg: Arg | undefined): boolean => arg !== undefined && arg.kind !== 'switch';

const rest = (arg: Arg | undefined, partial: string): string =>
  arg === undefined ? '' : `${argName(arg).slice(partial.length)}${arg.kind === 'switch' ? '' : ` ${arg.value ?? ''}`}`;

const optionCompletion = (arg: Arg, head: string): Completion => ({
  line: `${head}${argName(arg)} `,
  label: arg.kind === 'switch' ? argName(arg) : `${argName(arg)} ${arg.value ?? ''}`,
  summary: arg.summary,
});

/** Values that are known for an argument and begin as typed, else what it is in words. */
function values(arg: Arg, partial: string, head: string, known: KnownValues): Completed {
  const fitting = (known[arg.value ?? ''] ?? []).filter((value) =>
    value.toLowerCase().startsWith(partial.toLowerCase()),
  );
  return {
    completions: fitting
      .filter((value) => value !== partial)
      .map((value) => ({ line: `${head}${quoted(value)} `, label: value, summary: arg.summary })),
    ghost: partial === '' ? (arg.value ?? '') : (fitting[0] ?? partial).slice(partial.length),
  };
}
