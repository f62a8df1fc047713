import type { AssessmentView, CycleView, StageView } from '#shared/contract/cycle.ts';
import { opposite, times, trimmed } from '#shared/format/decimal-text.ts';
import { confidenceText, shortPercentText, slippageText } from '#shared/format/figures.ts';
import {
  countText,
  environmentName,
  familyName,
  outcomeName,
  regimeName,
  shortHash,
  stageName,
} from '#shared/format/names.ts';
import { willDo, willNotDo, worstOf } from '#shared/format/plan.ts';
import { durationText } from '#shared/format/time.ts';
import { alignedExact, exact, fact, moment, money, price, signedMoney, signedMultiples } from './figures.ts';
import { type Line, line, padded, type Span, span, type Tone } from './line.ts';
import { planText } from './plan-text.ts';
import { pairs } from './table.ts';

type Spec = NonNullable<CycleView['agentSpec']>;

/** Environment by word and shape; see the shared names for what each means. */
export const environmentChip = (environment: string): Span =>
  span(`${environment === 'simulated' ? '◧' : '◆'} ${environmentName(environment)}`, 'sim');

const STAGE_GLYPH: Readonly<Record<StageView['state'], Span>> = {
  waiting: span('·', 'muted'),
  running: span('◐', 'accent'),
  done: span('✓', 'up'),
  failed: span('✕', 'danger'),
  skipped: span('–', 'muted'),
};

const NAME_WIDTH = 12;
const TIME_WIDTH = 6;

/** `✓ Regime        0.02s  rules: ranging 0.71`. */
export function stageLine(stage: StageView): Line {
  const tone: Tone = stage.state === 'waiting' || stage.state === 'skipped' ? 'muted' : 'plain';
  const took = stage.elapsedMs === undefined ? '' : durationText(stage.elapsedMs);
  return [
    STAGE_GLYPH[stage.state],
    span(' '),
    ...padded([span(stageName(stage.name), tone)], NAME_WIDTH),
    span(`${took.padStart(TIME_WIDTH)}  `, 'muted'),
    ...line(span(stage.detail, tone)),
  ];
}

/** Which market, when, and under which id. */
export const cycleTitle = (view: CycleView): readonly Line[] => [
  line(
    span('MASTER TRADER', 'strong'),
    '  ',
    environmentChip(view.environment),
    '  ',
    span(view.marketSource, 'muted'),
  ),
  line(
    `${view.instrument} ${view.interval}`,
    ...(view.at === null ? [] : [span(` at ${moment(view.at)}`, 'muted')]),
    span(`  run ${view.runId}, seed ${view.seed}`, 'muted'),
  ),
];

/** Whose judgement stands, and why not the model's when it does not. */
export function sourceText({ source, model }: AssessmentView): string {
  if (source === 'model') return `by the model ${model.name ?? ''}`.trimEnd() + modelNotes(model);
  return modelless(model) + modelNotes(model);
}

/** What its answers to the same question were, and why they may be worth less than they look. */
function modelNotes({ stamp, disagreement }: AssessmentView['model']): string {
  const labels = Object.entries(disagreement?.labels ?? {}).map(
    ([label, times]) => `${label.replaceAll('_', ' ')} ${times}`,
  );
  const answers = disagreement === undefined ? '' : `; ${disagreement.samples} answers: ${labels.join(', ')}`;
  return `${answers}${stamp === undefined ? '' : `; ${stamp}`}`;
}

function modelless(model: AssessmentView['model']): string {
  return model.outcome === 'absent' ? 'by the rules (no model)' : `by the rules (model ${model.outcome}: ${model.why})`;
}

export const regimeLine = (assessment: AssessmentView): Line =>
  line(
    span(regimeName(assessment.regime), 'strong'),
    `, confidence ${confidenceText(assessment.confidence)}`,
    span(` ${sourceText(assessment)}`, 'muted'),
  );

export const evidenceLines = (assessment: AssessmentView): readonly Line[] =>
  assessment.evidence.map((item) => line(span(`${item.id} `, 'muted'), `${item.label} `, span(fact(item), 'strong')));

/** The limits of the envelope, in money from the equity at the press. */
const limitsOf = (spec: Spec, { startedWith: { equity, asset } }: CycleView): readonly Line[] => {
  const { envelope, lifespan } = spec;
  const worst = worstOf(envelope);
  const lost = (fraction: string): string =>
    `${shortPercentText(fraction)} of equity (${money(opposite(times(equity, fraction)), asset)})`;
  return [
    line(`worst trade ${lost(worst.trade)}`),
    line(`worst day ${lost(worst.day)}`),
    line(`position at most ${shortPercentText(envelope.maxNotionalFraction)} of equity`),
    line(
      `stop ${trimmed(envelope.stopAtr)} ATR, target ${trimmed(envelope.targetAtr)} ATR, ` +
        `retires by ${moment(lifespan.expiresAt)}`,
    ),
  ];
};

/** Width of `Will not`, the widest label of a brief. */
const BRIEF_LABEL = 8;

const labelled = (label: string, values: readonly Line[]): readonly (readonly [string, Line])[] =>
  values.map((value, index) => [index === 0 ? label : '', value] as const);

/** What the agent is, will and will not do: one screen, made from the spec and the assessment alone. */
export function briefLines(view: CycleView): readonly Line[] {
  const { assessment, agentSpec: spec } = view;
  if (assessment === null) return [];
  const because = assessment.reasons.map((reason) => line(reason));
  const regime = labelled('Regime', [regimeLine(assessment)]);
  const reasons = labelled('Because', because);
  if (spec === null) {
    return pairs([...regime, ...reasons, ...labelled('Facts', evidenceLines(assessment))], BRIEF_LABEL);
  }
  const lessons =
    spec.lessons.length === 0
      ? [line(span('none match yet', 'muted'))]
      : spec.lessons.map((use) =>
          line(`${use.id} ${use.outcomeR} R (${use.environment ?? 'environment unknown'}): ${use.effect}`),
        );
  return pairs([
    ...labelled('Agent', [line(span(`${view.agentId ?? ''} ${familyName(spec.family)}`, 'strong'))]),
    ...regime,
    ...labelled(
      'Will',
      willDo(spec, view).map((said) => line(planText(said))),
    ),
    ...labelled(
      'Will not',
      willNotDo(spec, view).map((said) => line(planText(said))),
    ),
    ...labelled('Limits', limitsOf(spec, view)),
    ...reasons,
    ...labelled('Lessons', lessons),
    ...labelled('Spec', [line(span(spec.hash, 'muted'))]),
  ]);
}

const outcomeTone = (outcome: NonNullable<CycleView['result']>['outcome']): Tone =>
  outcome === 'interrupted' ? 'warn' : 'strong';

/** The outcome in one line: `▲ +6.30 USDT  ▲ +0.83 R`, or the reason why nothing was traded. */
export function outcomeLine(view: CycleView): Line {
  const { result } = view;
  if (result === null) return line(span(view.error ?? view.state, view.state === 'failed' ? 'danger' : 'warn'));
  const head = span(outcomeName(result.outcome), outcomeTone(result.outcome));
  if (result.outcome === 'no_trade') return line(head, `: ${result.reason}`);
  return line(
    head,
    '  ',
    signedMoney(result.netPnl, result.quoteAsset),
    '  ',
    signedMultiples(result.r),
    `  ${result.reason}`,
  );
}

/** Where every unit of money went, every digit of it. */
export function reconciliationLines(view: CycleView): readonly Line[] {
  const { result } = view;
  if (result === null) return [];
  const { startingEquity, grossPnl, fees, cash, positionValue, equity, difference } = result.reconciliation;
  const rows = [
    ['Starting equity', startingEquity, ''],
    ['Gross result', grossPnl, ''],
    ['Fees', opposite(fees), ''],
    ['Equity', equity, '= cash + position'],
    ['Cash', cash, ''],
    ['Position value', positionValue, ''],
    ['Unexplained', difference, trimmed(difference) === '0' ? 'the books balance' : 'THE BOOKS DO NOT BALANCE'],
  ] as const;
  const amounts = alignedExact(rows.map(([, amount]) => amount));
  const width = Math.max(...amounts.map((text) => text.length));
  return pairs(
    rows.map(([label, , remark], index) => [
      label,
      line(
        span((amounts[index] ?? '').padStart(width), label === 'Equity' ? 'strong' : 'plain'),
        span(remark === '' ? '' : `  ${remark}`, 'muted'),
      ),
    ]),
  );
}

/** The same for the small panel of the full screen, where the whole of each is one report away. */
export function shortClosingLines(view: CycleView): readonly Line[] {
  const { timings, result, lesson, journalHead } = view;
  const order = timings?.pressToFirstOrderMs ?? null;
  const lived = result === null ? '' : countText(result.barsLived, 'candle');
  const fees = view.fills.length === 0 ? '' : `, fees ${exact(view.fees)}`;
  return pairs([
    ...labelled('Lived', [line(lived, fees)]),
    ...labelled('Run', [line(view.runId, span(`, cycle ${view.cycle}, seed ${view.seed}`, 'muted'))]),
    ...(journalHead === null ? [] : labelled('Head', [line(shortHash(journalHead))])),
    ...(timings === null
      ? []
      : labelled('Order', [line(order === null ? 'none was sent' : `first after ${Math.round(order)} ms`)])),
    ...(lesson === null ? [] : labelled('Lesson', [line(lesson.text)])),
  ]);
}

const offlineText = ({ from, to, candles, minutesWithout }: NonNullable<CycleView['offline']>): string =>
  `${moment(from)} to ${moment(to)}, ${countText(candles, 'missed candle')} played` +
  (minutesWithout === 0 ? '' : `, ${countText(minutesWithout, 'minute')} without one`);

/** What the book would have given beside what the simulation gave. */
const shadowLines = (
  { orders, compared, averageSlippageBps }: NonNullable<CycleView['shadow']>,
  decimals: number | null,
): readonly Line[] => [
  line(
    averageSlippageBps === null
      ? 'no order was compared'
      : `${slippageText(averageSlippageBps)} on average over ${countText(compared, 'order')}`,
    span('  nothing was sent', 'muted'),
  ),
  ...orders.map(({ purpose, side, quantity, bookPrice, simulatedPrice, slippageBps, why }) =>
    line(
      `${purpose} ${side} ${quantity}: book ${bookPrice === null ? `unknown (${why ?? 'no price'})` : price(bookPrice, decimals)}`,
      simulatedPrice === null ? '' : `, simulated ${price(simulatedPrice, decimals)}, ${slippageBps ?? ''} bps`,
    ),
  ),
];

/** What identifies the run, for scripts and for repeating it. */
export function closingLines(view: CycleView): readonly Line[] {
  const { timings, result, lesson } = view;
  const order = timings?.pressToFirstOrderMs ?? null;
  return pairs([
    ...(result === null ? [] : labelled('Lived', [line(countText(result.barsLived, 'candle'))])),
    ...(result === null || view.fills.length === 0
      ? []
      : labelled('Fees', [line(`${exact(view.fees)} ${result.quoteAsset}`)])),
    ...(lesson === null ? [] : labelled('Lesson', [line(lesson.text)])),
    ...(view.offline === null ? [] : labelled('Offline window', [line(offlineText(view.offline))])),
    ...(view.shadow === null ? [] : labelled('Order book', shadowLines(view.shadow, view.priceDecimals))),
    ...labelled('Run', [line(`${view.runId} (cycle ${view.cycle}, seed ${view.seed})`)]),
    ...(view.journalHead === null ? [] : labelled('Journal head', [line(view.journalHead)])),
    ...(timings === null
      ? []
      : labelled('Press to first order', [
          line(
            order === null ? 'no order was sent' : `${Math.round(order)} ms`,
            span(`, whole run ${durationText(timings.totalMs)}`, 'muted'),
          ),
        ])),
  ]);
}
