import { single } from 'fuzzysort';
import { COMMAND_ENTRIES, type Entries, type Entry } from './entries.ts';

const MOST = 40;
/** Of a whole match; below it, letters merely occur in this order. */
const LEAST_SCORE = 0.35;
/** A name counts more than another word for it, and both more than a description. */
const ALSO_WEIGHT = 0.9;
const NOTE_WEIGHT = 0.6;
/** Words that stand partly in its name and partly in its description. */
const SPREAD_WEIGHT = 0.55;
/** Between a screen and a command of the same name the screen comes first; a colon asks for the command. */
const COMMAND_WEIGHT = 0.99;

/**
 * Each text by itself: over several keys at once a word that is found anywhere counts as a whole match of its key, and `audit status`
 * would lead to `status`.
 */
function scoreOf(text: string, { kind, label, also, note }: Entry): number {
  const of = (target: string): number => (target === '' ? 0 : (single(text, target)?.score ?? 0));
  const best = Math.max(
    of(label),
    ALSO_WEIGHT * of(also),
    NOTE_WEIGHT * of(note),
    SPREAD_WEIGHT * of(`${label} ${also} ${note}`),
  );
  return kind === 'command' ? COMMAND_WEIGHT * best : best;
}

/** What was typed as it is searched: a colon or `mt` before it means commands alone. */
function readQuery(typed: string): { readonly text: string; readonly commandsOnly: boolean } {
  const text = typed.trim();
  const bare = text.replace(/^(?::\s*(?:mt\s+)?|mt\s+)/, '');
  return { text: bare, commandsOnly: bare !== text };
}

/** The entries that fit what was typed, best first. */
export function findEntries(typed: string, { first, all }: Entries): readonly Entry[] {
  const { text, commandsOnly } = readQuery(typed);
  const among = commandsOnly ? COMMAND_ENTRIES : all;
  if (text === '') return commandsOnly ? among : first;
  return among
    .map((entry) => ({ entry, score: scoreOf(text, entry) }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}
