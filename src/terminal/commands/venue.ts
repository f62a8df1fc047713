import type { ArgsOf } from '#shared/commands/registry.ts';
import type { VenueCheckStepView, VenueRow } from '#shared/contract/venues.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const GAPS_SHOWN = 5;
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

export const runVenueList: Run<ArgsOf<'venue.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const list = await client.invoke('venue.list', {});
    context.output.lines([
      ...table<VenueRow>(
        [
          { title: 'VENUE', cell: ({ id }) => id },
          { title: 'GRADE', cell: ({ grade }) => grade },
          { title: 'OUR ID', cell: ({ clientId }) => clientId },
          { title: 'UNIQUE', cell: ({ idUnique }) => (idUnique === 'always' ? 'always' : 'while open') },
          { title: 'LOOK-UP', cell: ({ lookup }) => lookup },
          { title: 'EXPIRY', cell: ({ requestExpiry }) => yesNo(requestExpiry) },
          { title: 'DEAD MAN', cell: ({ deadMan }) => yesNo(deadMan) },
          { title: 'BOOK CHECK', cell: ({ bookCheck }) => bookCheck },
          { title: 'LAG', cell: ({ indexLagMs }) => `${indexLagMs} ms`, align: 'right' },
          { title: 'CHECKED HERE', cell: ({ checkedAt }) => (checkedAt === null ? '-' : moment(checkedAt)) },
        ],
        list.venues,
      ),
      line(span(`and ${countText(list.others.length, 'more venue')}, ungraded: ${list.others.join(' ')}`, 'muted')),
    ]);
    context.output.answer(list);
    return EXIT.ok;
  });

const MARKS = { passed: ['✓', 'up'], failed: ['✗', 'down'], skipped: ['-', 'muted'] } as const;

const stepLine = ({ name, outcome, detail, ms }: VenueCheckStepView): Line => {
  const [mark, tone] = MARKS[outcome];
  return line(span(`${mark} `, tone), name.padEnd(24), span(`${detail}  (${Math.round(ms)} ms)`, 'muted'));
};

export const runVenueCheck: Run<ArgsOf<'venue.check'>> = ({ id, sandbox, url, key }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const stop = client.on('venue.check_step', (news) => {
      if (news.id === id) context.output.lines([stepLine(news.step)]);
    });
    try {
      const done = await client.invoke('venue.check', {
        id,
        sandbox,
        ...(url === undefined ? {} : { url }),
        ...(key === undefined ? {} : { key }),
      });
      context.output.lines([
        line(
          span(`${id}: ${done.grade}`, done.failed === 0 ? 'strong' : 'down'),
          `  ${done.passed} passed, ${done.failed} failed, ${done.skipped} skipped`,
        ),
      ]);
      context.output.answer(done);
      return done.failed === 0 ? EXIT.ok : EXIT.failed;
    } finally {
      stop();
    }
  });

/** Progress is told once for each so many percent. */
const STEP_PERCENT = 5;

export const runDataFetch: Run<ArgsOf<'data.fetch'>> = ({ venue, instrument, interval, from, to, url }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    let told = 0;
    const stop = client.on('data.progress', (news) => {
      if (news.venue !== venue || news.instrument !== instrument || news.interval !== interval) return;
      const percent = Math.floor(((news.at - news.from) / Math.max(1, news.to - news.from)) * 100);
      if (percent < told + STEP_PERCENT) return;
      told = percent;
      context.output.lines([
        line(
          span(
            `${String(percent).padStart(3)} %  ${countText(news.fetched, 'candle')}, up to ${moment(news.at)}`,
            'muted',
          ),
        ),
      ]);
    });
    try {
      const done = await client.invoke('data.fetch', {
        venue,
        instrument,
        interval,
        from,
        ...(to === undefined ? {} : { to }),
        ...(url === undefined ? {} : { url }),
      });
      const gaps = done.gaps
        .slice(0, GAPS_SHOWN)
        .map((gap, index): readonly [string, Line] => [
          index === 0 ? 'Gaps' : '',
          line(`${countText(gap.missing, 'candle')} missing between ${moment(gap.after)} and ${moment(gap.before)}`),
        ]);
      const more = done.gapCount - gaps.length;
      context.output.lines([
        line(
          span(`${done.instrument} ${done.interval}`, 'strong'),
          ` of ${venue}  ${countText(done.fetched, 'candle')} fetched, ${countText(done.added, 'new one')}`,
        ),
        ...pairs([
          ['Stored', line(countText(done.candles, 'candle'))],
          ...(done.firstOpen === null || done.lastOpen === null
            ? []
            : [
                ['From', line(moment(done.firstOpen))] as const,
                ['To', line(moment(done.lastOpen), span(' (open times)', 'muted'))] as const,
              ]),
          ...(gaps.length === 0 ? [['Gaps', line('none')] as const] : gaps),
          ...(more > 0 ? [['', line(`and ${countText(more, 'more gap')}`)] as const] : []),
        ]),
      ]);
      context.output.answer(done);
      return EXIT.ok;
    } finally {
      stop();
    }
  });
