import { unixMs } from '#core/domain/ids.ts';
import { numberText } from '#core/kernel/number-text.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { LessonDecision, MemoryLesson } from '#shared/contract/memory.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, printable, type Span, span, type Tone } from '../text/line.ts';
import { heading, pairs, table } from '../text/table.ts';

type Cell = AppOutput<'memory.posteriors'>[number];
type Interval = { readonly mean: number | null; readonly low: number | null; readonly high: number | null };

const TONES: Readonly<Record<MemoryLesson['status'], Tone>> = { active: 'plain', decayed: 'muted', revoked: 'warn' };
const NOT_ENOUGH = span('not enough data', 'muted');
const moment = (at: number): string => utcText(unixMs(at));
const r = (value: number): string => numberText(value, 3);
const intervalOf = ({ mean, low, high }: Interval): string | Span =>
  mean === null || low === null || high === null ? NOT_ENOUGH : `${r(mean)} (${r(low)} to ${r(high)})`;
const words = (name: string): string => name.replaceAll(/[_-]/g, ' ');
/** Of a lesson that no record places. */
const UNPLACED = 'unknown';
const learnedIn = (environment: MemoryLesson['environment']): Span =>
  environment === null ? span(UNPLACED, 'muted') : span(environment);
const NOTHING: readonly Line[] = [line(span('Nothing has been learned yet.', 'muted'))];

export const runMemoryList: Run<ArgsOf<'memory.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const lessons = await client.invoke('memory.list', { limit: 100 });
    const rows = table<MemoryLesson>(
      [
        { title: 'LESSON', cell: ({ id }) => id },
        { title: 'RESOLVED', cell: ({ resolvedAt }) => moment(resolvedAt) },
        { title: 'MARKET', cell: ({ instrument, interval }) => `${instrument} ${interval}` },
        { title: 'REGIME', cell: ({ regime }) => words(regime) },
        { title: 'FAMILY', cell: ({ family }) => (family === null ? span('none', 'muted') : words(family)) },
        { title: 'LEARNED IN', cell: ({ environment }) => learnedIn(environment) },
        { title: 'R', cell: ({ outcomeR, traded }) => (traded ? outcomeR : '-'), align: 'right' },
        { title: 'UPLIFT, R', cell: ({ uplift }) => intervalOf(uplift) },
        { title: 'STATUS', cell: ({ status }) => span(status, TONES[status]) },
        { title: 'WHY', cell: ({ why }) => span(printable(why), 'muted') },
      ],
      lessons,
    );
    context.output.lines(lessons.length === 0 ? NOTHING : rows);
    context.output.answer({ lessons });
    return EXIT.ok;
  });

export const runMemoryShow: Run<ArgsOf<'memory.show'>> = ({ id }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const detail = await client.invoke('memory.show', { id });
    const { lesson, decisions } = detail;
    context.output.lines([
      line(span(lesson.id, 'strong'), `  ${printable(lesson.text)}`),
      ...pairs([
        ['Status', line(span(lesson.status, TONES[lesson.status]), `  ${printable(lesson.why)}`)],
        ['Learned', line('in ', learnedIn(lesson.environment))],
        ['Uplift', line(intervalOf(lesson.uplift))],
        ['Run', line(`${lesson.runId}, cycle ${detail.cycle}, decided ${moment(detail.decidedAt)}`)],
        ['Record', line(`${detail.recordedSeq}  `, span(detail.recordHash, 'muted'))],
        ['Agent', line(detail.specHash ?? 'none was spawned')],
      ]),
      ...heading(`Decisions that recalled it: ${decisions.length}`),
      ...decisionLines(decisions),
    ]);
    context.output.answer(detail);
    return EXIT.ok;
  });

export const runMemoryRevoke: Run<ArgsOf<'memory.revoke'>> = ({ id, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const answer = await client.invoke('memory.revoke', { id, reason });
    context.output.lines([
      line(`${id} is struck out: ${printable(reason)}`),
      ...heading(`Decisions that knew it: ${answer.decisions.length}`),
      ...decisionLines(answer.decisions),
    ]);
    context.output.answer(answer);
    return EXIT.ok;
  });

const decisionLines = (decisions: readonly LessonDecision[]): readonly Line[] =>
  decisions.length === 0
    ? []
    : table<LessonDecision>(
        [
          { title: 'CYCLE', cell: ({ cycle }) => String(cycle), align: 'right' },
          { title: 'RUN', cell: ({ runId }) => runId },
          { title: 'AT', cell: ({ at }) => moment(at) },
          { title: 'RECORD', cell: ({ seq }) => String(seq), align: 'right' },
          { title: 'DECIDED', cell: ({ decided }) => words(decided) },
          { title: 'EVIDENCE', cell: ({ evidence }) => span(evidence, evidence === 'used' ? 'plain' : 'muted') },
        ],
        decisions,
      );

export const runMemoryPosteriors: Run<ArgsOf<'memory.posteriors'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const cells = await client.invoke('memory.posteriors', {});
    context.output.lines(cellLines(cells));
    context.output.answer({ cells });
    return EXIT.ok;
  });

export const runMemorySummary: Run<ArgsOf<'memory.summary'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const summary = await client.invoke('memory.summary', {});
    const { lessons, active, decayed, revoked, measured, proven, withheldShare } = summary;
    context.output.lines([
      ...pairs([
        ['Lessons', line(`${lessons}: ${active} active, ${decayed} decayed, ${revoked} revoked`)],
        ['Withheld', line(`each from ${numberText(withheldShare * 100)} % of the decisions, by chance`)],
        ['Measured', line(measured === 0 ? NOT_ENOUGH : `${measured}, of which ${proven} are known to help`)],
      ]),
      ...heading('By regime and family'),
      ...cellLines(summary.cells),
    ]);
    context.output.answer(summary);
    return EXIT.ok;
  });

const cellLines = (cells: readonly Cell[]): readonly Line[] =>
  cells.length === 0
    ? NOTHING
    : table<Cell>(
        [
          { title: 'REGIME', cell: ({ regime }) => words(regime) },
          { title: 'FAMILY', cell: ({ family }) => words(family) },
          {
            title: 'LEARNED IN',
            cell: ({ environments }) => environments.map((one) => one ?? UNPLACED).join(', '),
          },
          { title: 'N', cell: ({ posterior }) => String(posterior.n), align: 'right' },
          { title: 'EFFECTIVE', cell: ({ posterior }) => r(posterior.effectiveN), align: 'right' },
          { title: 'AVERAGE R (95 %)', cell: ({ posterior }) => intervalOf(posterior) },
          {
            title: 'ABOVE 0',
            cell: ({ posterior: { above } }) => (above === null ? NOT_ENOUGH : `${r(above * 100)} %`),
            align: 'right',
          },
          {
            title: 'RAISED THE RESULT',
            cell: ({ measured, raising }) => (measured === 0 ? NOT_ENOUGH : `${raising} of ${measured} measured`),
          },
        ],
        cells,
      );
