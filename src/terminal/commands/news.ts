import { resolve } from 'node:path';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { NewsIntake, NewsItemView, NewsSourceView } from '#shared/contract/news.ts';
import { floatText } from '#shared/format/figures.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const tone = (value: number): string => floatText(value, 2, { sign: 'always' });
const percent = (value: number): string => `${floatText(value * 100, 1)} %`;

const sourceLines = (sources: readonly NewsSourceView[]): readonly Line[] =>
  sources.length === 0
    ? [line('No news source is followed.'), line(span('Follow one: mt news add URL --name NAME', 'muted'))]
    : table<NewsSourceView>(
        [
          { title: 'SOURCE', cell: ({ name }) => name },
          { title: 'WEIGHT', cell: ({ weight }) => String(weight), align: 'right' },
          { title: 'ITEMS', cell: ({ items }) => String(items), align: 'right' },
          { title: 'FETCHED', cell: ({ fetchedAt }) => (fetchedAt === null ? '-' : moment(fetchedAt)) },
          { title: 'ADDRESS', cell: ({ url }) => url ?? 'imported from files' },
          { title: 'FAULT', cell: ({ fault }) => fault ?? '' },
        ],
        sources,
      );

export const runNewsList: Run<ArgsOf<'news.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const sources = await client.invoke('news.sources', {});
    context.output.lines(sourceLines(sources));
    context.output.answer({ sources });
    return EXIT.ok;
  });

export const runNewsAdd: Run<ArgsOf<'news.add'>> = ({ url, name, weight }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const source = await client.invoke('news.add', { url, name, ...(weight === undefined ? {} : { weight }) });
    context.output.lines([
      line(
        span('✓ ', 'up'),
        `${source.name} is followed`,
        span(`  weight ${source.weight}; fetch it with mt news fetch`, 'muted'),
      ),
    ]);
    context.output.answer(source);
    return EXIT.ok;
  });

export const runNewsRemove: Run<ArgsOf<'news.rm'>> = ({ name }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const sources = await client.invoke('news.remove', { name });
    context.output.lines([line(span('✓ ', 'up'), `${name} is followed no longer`), ...sourceLines(sources)]);
    context.output.answer({ sources });
    return EXIT.ok;
  });

function intakeLines(intake: NewsIntake): readonly Line[] {
  const { source, outcome, why } = intake;
  if (outcome === 'fault') return [line(span('✗ ', 'down'), `${source}: ${why ?? 'it could not be read'}`)];
  if (outcome === 'unchanged') return [line(span('✓ ', 'up'), source, span('  nothing new', 'muted'))];
  const what =
    intake.days > 0
      ? `${countText(intake.days, 'day')} of Fear & Greed, ${intake.added} new`
      : `${countText(intake.items, 'item')}, ${intake.added} new, ${intake.quarantined} in quarantine, ${intake.undated} undated`;
  return [
    line(
      span('✓ ', 'up'),
      `${source}: ${what}`,
      span(intake.readBy === null ? '' : `  read: ${intake.readBy}`, 'muted'),
    ),
    ...intake.faults.slice(0, 5).map(({ index, why: fault }) => line(span(`  entry ${index + 1}: ${fault}`, 'muted'))),
    ...(intake.left > 0 ? [line(span('  there is more than is read at once', 'muted'))] : []),
  ];
}

export const runNewsFetch: Run<ArgsOf<'news.fetch'>> = ({ name }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const sources = await client.invoke('news.fetch', name === undefined ? {} : { name });
    context.output.lines(sources.flatMap(intakeLines));
    context.output.answer({ sources });
    return sources.every(({ outcome }) => outcome === 'fault') ? EXIT.failed : EXIT.ok;
  });

export const runNewsImport: Run<ArgsOf<'news.import'>> = ({ file, name, weight, delay }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const intake = await client.invoke('news.import', {
      path: resolve(context.cwd, file),
      name,
      ...(weight === undefined ? {} : { weight }),
      ...(delay === undefined ? {} : { delayMinutes: delay }),
    });
    context.output.lines(intakeLines(intake));
    context.output.answer(intake);
    return EXIT.ok;
  });

const drivingText = ({ driving }: NewsItemView): string =>
  driving
    .slice(0, 4)
    .map(({ word, score, turnedBy }) => `${turnedBy === null ? '' : `${turnedBy} `}${word} ${tone(score)}`)
    .join(', ');

/** Runs that counted an item; where a record does not say what was read, nobody can say that nothing was. */
function runsText({ readIn: { runs, more, notKept } }: NewsItemView): string {
  const named = runs.slice(0, 3).map(({ cycle }) => String(cycle));
  const rest = runs.length - named.length + more;
  const known = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  if (notKept === 0) return known === '' ? '-' : known;
  return known === '' ? 'not kept' : `${known}; of ${notKept} not kept`;
}

export const runNewsShow: Run<ArgsOf<'news.show'>> = ({ instrument, at, limit, quarantined }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const shown = await client.invoke('news.show', {
      instrument,
      quarantined,
      ...(at === undefined ? {} : { at }),
      ...(limit === undefined ? {} : { limit }),
    });
    const { reading, items, counts, runsLookedAt } = shown;
    const { event } = reading;
    context.output.lines([
      line(span(`News on ${reading.instrument}`, 'strong'), span(`  as known at ${moment(reading.asOf)}`, 'muted')),
      ...(reading.followed ? [] : [line('No news source is followed: nothing is known, and nothing is assumed.')]),
      ...pairs([
        [
          'Tone',
          // The reading has a neutral zero there for the facts; an owner must not take it for a measured one.
          line(
            reading.items === 0
              ? span('not known', 'muted')
              : `${tone(reading.sentiment)}  (${tone(reading.change)} against the day before)`,
          ),
        ],
        [
          'Risk',
          line(
            reading.silenced
              ? `${reading.risk}; no good word of today counts: too much looks tampered with`
              : reading.items === 0
                ? span('not known', 'muted')
                : reading.risk,
          ),
        ],
        ['Counted', line(`${countText(reading.items, 'item')} of ${countText(reading.sources, 'source')}`)],
        [
          'Event',
          line(
            event === null
              ? 'none that two independent sources tell of'
              : `${event.tone}, ${moment(event.publishedAt)}, ${event.sources} sources`,
          ),
        ],
        ['Fear & Greed', line(reading.fearGreed === null ? 'not known' : String(reading.fearGreed))],
        [
          'Kept',
          line(`${countText(counts.items, 'item')}, ${counts.quarantined} in quarantine, ${counts.undated} undated`),
        ],
      ]),
      ...(items.length === 0
        ? []
        : table<NewsItemView>(
            [
              {
                title: 'PUBLISHED',
                cell: ({ publishedAt }) => (publishedAt === null ? 'undated' : moment(publishedAt)),
              },
              { title: 'SOURCE', cell: ({ source }) => source },
              { title: 'TONE', cell: ({ score }) => tone(score), align: 'right' },
              { title: 'BY', cell: ({ readBy }) => readBy },
              { title: 'RUNS', cell: runsText },
              { title: 'HEADLINE', cell: ({ title, body }) => (title === '' ? body : title).slice(0, 90) },
              { title: 'BECAUSE', cell: (item) => (item.signs.length > 0 ? item.signs.join(', ') : drivingText(item)) },
            ],
            items,
          )),
      ...(items.length > 0 && runsLookedAt.older
        ? [line(span(`  RUNS are looked for among the newest ${runsLookedAt.count} that read news.`, 'muted'))]
        : []),
    ]);
    context.output.answer(shown);
    return EXIT.ok;
  });

export const runTrainSentiment: Run<ArgsOf<'models.train-sentiment'>> = ({ file }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const report = await client.invoke('models.trainSentiment', { path: resolve(context.cwd, file) });
    const rows = report.tones.map((name, index) => ({ name, counts: report.confusion[index] ?? [] }));
    context.output.lines([
      line(span(report.kept ? '✓ ' : '✗ ', report.kept ? 'up' : 'down'), report.why),
      ...pairs([
        [
          'Right',
          line(
            `${percent(report.accuracy)}  (95 %: ${percent(report.interval.low)} to ${percent(report.interval.high)}, n ${report.tested})`,
          ),
        ],
        ['Each tone alike', line(percent(report.balanced))],
        ['The words', line(percent(report.lexicon))],
        ['Commonest label', line(percent(report.majority))],
        [
          'Split',
          line(
            `${report.split === 'time' ? 'by time, tested on the newest' : 'at random, copies on one side'}: ${report.trained} trained, ${report.tested} tested, ${report.purged} left out, ${report.skipped} unusable`,
          ),
        ],
        ['Model', line(report.model)],
      ]),
      ...table<(typeof rows)[number]>(
        [
          { title: 'IS \\ READ AS', cell: ({ name }) => name },
          ...report.tones.map((title, index) => ({
            title,
            cell: ({ counts }: (typeof rows)[number]) => String(counts[index] ?? 0),
            align: 'right' as const,
          })),
        ],
        rows,
      ),
    ]);
    context.output.answer(report);
    return report.kept ? EXIT.ok : EXIT.failed;
  });
