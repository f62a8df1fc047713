import { z } from 'zod';
import { factsView, receiptView, replayView, runText, whyView } from '../contract/receipts.ts';
import { command } from './command.ts';
import { FORM, flag, option, pathArg, positional, seedArg } from './fields.ts';

const runArg = () =>
  positional(
    runText,
    'RUN',
    'a run by its id or the beginning of it, or the number of a cycle',
    'take a run from mt spawn, mt agents --json, or the number of a cycle',
  );

const modelArg = () =>
  option(pathArg().optional(), 'FILE', "local model in GGUF format; the engine's when left out", FORM.path);

const facts = command({
  id: 'facts',
  words: ['facts'],
  summary: 'Show the facts that a run judged by: value, unit, the candles behind them, and the record that holds them',
  detail: 'A star marks those that the judgement names. With an id, that fact alone.',
  risk: 'read',
  args: z.strictObject({
    run: runArg(),
    fact: option(
      z
        .string()
        .regex(/^[A-Za-z]\d{1,6}$/, 'is not the id of a fact')
        .optional(),
      'ID',
      'one fact alone',
      'an id such as F7',
    ),
  }),
  examples: ['mt facts 12', 'mt facts R-3f9a --fact F7 --json'],
  output: factsView,
});

const receipt = command({
  id: 'receipt',
  words: ['receipt'],
  summary: 'Show what a run asked its model: instructions, facts, grammar, seeds, weights, build, answers',
  risk: 'read',
  args: z.strictObject({ run: runArg() }),
  examples: ['mt receipt R-3f9a', 'mt receipt 12 --json'],
  output: receiptView,
});

const replay = command({
  id: 'replay',
  words: ['replay'],
  summary:
    'Ask the recorded question again; say whether the answer is the same to the token, or where it parts and why',
  detail:
    'The cause is one of weights, build, backend, evaluation (threads, batch, context), sampler, prompt, or unexplained when none of them ' +
    'changed. Bit-exact answers are promised on the CPU, with the same file, build and threads. The exit code is 1 unless it is identical.',
  risk: 'read',
  args: z.strictObject({
    run: runArg(),
    model: modelArg(),
    seed: option(
      seedArg()
        .pipe(z.number().max(2 ** 32 - 1, 'is above 4294967295'))
        .optional(),
      'N',
      'another seed than the recorded one, to see what it changes',
      FORM.seed,
    ),
    asToday: flag('ask about the recorded facts as this version would'),
  }),
  examples: ['mt replay R-3f9a', 'mt replay 12 --model models/other.gguf --json'],
  output: replayView,
});

const why = command({
  id: 'why',
  words: ['why'],
  summary: 'Judge a run again with one block of evidence removed at a time; say which block decides',
  detail:
    'Blocks: trend, momentum, volatility, volume, higher timeframe, patterns, news; and what memory made of it. The rules are always asked, a ' +
    'model where one is chosen. When asking again with nothing removed gives another answer, it says so and names no block.',
  risk: 'read',
  args: z.strictObject({ run: runArg(), model: modelArg() }),
  examples: ['mt why R-3f9a', 'mt why 12 --model models/small.gguf --json'],
  output: whyView,
});

/** What a run knew, what a model was asked about it, asking it again, and what moved it. */
export const receiptCommands = [facts, receipt, replay, why] as const;
