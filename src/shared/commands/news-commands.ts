import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { newsSourceName, newsSourceView } from '../contract/news.ts';
import { command } from './command.ts';
import { FORM, flag, momentArg, option, pathArg, positional, usualInstrument } from './fields.ts';

const WEIGHT = 'write a number from 0 to 1, for instance 0.5';
const NAME = 'write small letters, digits and dashes';

/** A new schema each time: the registry knows an argument by the identity of its schema. */
const nameArg = () => newsSourceName.clone();

const weightArg = () =>
  z
    .string()
    .regex(/^(0|1|0?\.\d{1,4}|1\.0{1,4}|0\.\d{1,4})$/, 'is not a number from 0 to 1')
    .transform(Number)
    .optional();
const countArg = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value <= most, `is above ${most}`)
    .optional();

const list = command({
  id: 'news.ls',
  words: ['news', 'ls'],
  summary: 'List the news sources that are followed',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt news ls'],
  output: z.strictObject({ sources: z.array(newsSourceView) }),
});

const add = command({
  id: 'news.add',
  words: ['news', 'add'],
  summary: 'Follow a feed (RSS, Atom, JSON or CSV over http or https)',
  detail: 'Nothing is fetched until mt news fetch. The same name again changes the address and the weight.',
  risk: 'admin',
  args: z.strictObject({
    url: positional(
      z.string().min(8, 'is no web address').max(2_000, 'is longer than 2000 characters'),
      'URL',
      'address of the feed',
      'write it as https://example.org/feed',
    ),
    name: option(nameArg(), 'NAME', 'your word for it', NAME),
    weight: option(weightArg(), 'WEIGHT', 'what its word counts, 0 to 1; 1 when left out', WEIGHT),
  }),
  examples: ['mt news add https://example.org/feed.xml --name example --weight 0.8'],
  output: newsSourceView,
});

const remove = command({
  id: 'news.rm',
  words: ['news', 'rm'],
  summary: 'Follow a source no longer; its items stay and count no longer',
  risk: 'admin',
  args: z.strictObject({ name: positional(nameArg(), 'NAME', 'the source', NAME) }),
  examples: ['mt news rm example'],
  output: z.strictObject({ sources: z.array(newsSourceView) }),
});

const fetch = command({
  id: 'news.fetch',
  words: ['news', 'fetch'],
  summary: 'Ask the followed sources for what is new',
  detail: 'Asks only for what changed. A source that fails is named with its reason, and the others are read.',
  risk: 'admin',
  args: z.strictObject({ name: positional(nameArg().optional(), 'NAME', 'one source; all when left out', NAME) }),
  examples: ['mt news fetch', 'mt news fetch example'],
  output: z.strictObject({ sources: appContract['news.fetch'].output }),
});

const importCommand = command({
  id: 'news.import',
  words: ['news', 'import'],
  summary: 'Read news, or the Fear & Greed index, from a file',
  detail:
    'CSV with a header (timestamp or date, title or text), RSS, Atom or JSON, plain or compressed with gzip. Its items count from their date ' +
    'and the delay on, and say that they were imported. Items without a date are kept and never count.',
  risk: 'admin',
  args: z.strictObject({
    file: positional(pathArg(), 'FILE', 'the file', FORM.path),
    name: option(nameArg(), 'NAME', 'the source that its items belong to', NAME),
    weight: option(weightArg(), 'WEIGHT', 'of a new source, 0 to 1; 0.5 when left out', WEIGHT),
    delay: option(
      countArg(100_000),
      'MINUTES',
      'how long after its date an item was known; 60 when left out',
      'write whole minutes, for instance 60',
    ),
  }),
  examples: ['mt news import bitcoin-news.csv.gz --name archive --delay 60'],
  output: appContract['news.import'].output,
});

const show = command({
  id: 'news.show',
  words: ['news', 'show'],
  summary: 'Show what the news says about an instrument, and its newest items',
  risk: 'read',
  args: z.strictObject({
    instrument: usualInstrument(),
    at: option(momentArg().optional(), 'MOMENT', 'as it stood then (UTC); now when left out', FORM.moment),
    limit: option(countArg(200), 'COUNT', 'items to show, 200 at most; 20 when left out', 'write a whole number'),
    quarantined: flag('show the items in quarantine instead'),
  }),
  examples: ['mt news show', 'mt news show BTC/USDT --at 2023-10-20T00:00:00Z'],
  output: appContract['news.show'].output,
});

const train = command({
  id: 'models.train-sentiment',
  words: ['models', 'train-sentiment'],
  summary: 'Train the reader of tones on your own labelled texts',
  detail:
    'Needs an embedding model (mt models import, mt models use). FILE is a CSV with the columns text and label (negative, neutral, positive) and, for a split by time, timestamp. A quarter is kept back ' +
    'for the test, copies of one story on one side. What does not clearly beat the words and the commonest label there is not kept.',
  risk: 'admin',
  args: z.strictObject({
    file: positional(pathArg(), 'FILE', 'the labelled texts', FORM.path),
  }),
  examples: ['mt models train-sentiment labelled.csv'],
  output: appContract['models.trainSentiment'].output,
});

/** The commands for news, in the order of the help. */
export const newsCommands = [train, list, add, remove, fetch, importCommand, show] as const;
