import { resolve } from 'node:path';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs } from '../text/table.ts';

const GAPS_SHOWN = 5;

export const runImport: Run<ArgsOf<'import'>> = ({ file, instrument, interval }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const done = await client.invoke('market.import', { path: resolve(context.cwd, file), instrument, interval });
    const gaps = done.gaps
      .slice(0, GAPS_SHOWN)
      .map((gap, index): readonly [string, Line] => [
        index === 0 ? 'Gaps' : '',
        line(`${countText(gap.missing, 'candle')} missing between ${moment(gap.after)} and ${moment(gap.before)}`),
      ]);
    const more = done.gaps.length - gaps.length;
    context.output.lines([
      line(
        span(`${done.instrument} ${done.interval}`, 'strong'),
        `  ${countText(done.candles, 'candle')} read, ${countText(done.added, 'new one')}`,
      ),
      ...pairs([
        ['From', line(moment(done.firstOpen))],
        ['To', line(moment(done.lastOpen), span(' (open times)', 'muted'))],
        ['Known', line(countText(done.known, 'candle'), span(' were there already', 'muted'))],
        ...(gaps.length === 0 ? [['Gaps', line('none')] as const] : gaps),
        ...(more > 0 ? [['', line(`and ${countText(more, 'more gap')}`)] as const] : []),
      ]),
    ]);
    context.output.answer(done);
    return EXIT.ok;
  });
