import type { ApprovalList, ApprovalView } from '#shared/contract/automation.ts';
import { regimeName } from '#shared/format/names.ts';
import { money, percent, price } from './figures.ts';
import { type Line, line, type Span, span } from './line.ts';
import { pairs, table } from './table.ts';

const SECOND_MS = 1_000;
const SECONDS = 60;

/** `9:41` until it is decided by itself. */
export function timeLeft(expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((expiresAt - now) / SECOND_MS));
  return `${Math.floor(seconds / SECONDS)}:${String(seconds % SECONDS).padStart(2, '0')}`;
}

const STATE: Readonly<Record<ApprovalView['state'], Span>> = {
  pending: span('waits', 'warn'),
  approved: span('approved', 'up'),
  rejected: span('rejected', 'muted'),
  expired: span('expired', 'muted'),
};

const whatOf = ({ kind, family, instrument, interval }: ApprovalView): string =>
  `${kind === 'brief' ? 'agent' : 'entry'} ${family} on ${instrument} ${interval}`;

/** What waits, then what was decided, the newest first. */
export function approvalLines({ pending, decided, now }: ApprovalList): readonly Line[] {
  if (pending.length + decided.length === 0)
    return [line('Nothing waits, and nothing was ever asked. Agents ask in mode semi: mt mode semi')];
  return table(
    [
      { title: 'ID', cell: ({ id }) => id },
      { title: 'STATE', cell: ({ state }) => STATE[state] },
      { title: 'WHAT', cell: whatOf },
      { title: 'WORST TRADE', cell: ({ impact }) => money(impact.worstTrade, impact.asset), align: 'right' },
      { title: 'SIZE', cell: ({ impact }) => money(impact.exposure, impact.asset), align: 'right' },
      {
        title: 'LEFT',
        cell: ({ state, expiresAt }) => (state === 'pending' ? timeLeft(expiresAt, now) : ''),
        align: 'right',
      },
      {
        title: 'WHY',
        cell: ({ by, reason, state }) =>
          span(state === 'pending' ? '' : `${by ?? ''}${reason === null ? '' : `: ${reason}`}`, 'muted'),
      },
    ],
    [...pending, ...decided],
  );
}

/** The whole brief on one card. */
export function briefLines(approval: ApprovalView, now: number): readonly Line[] {
  const { id, state, limits, impact, evidence, why, expiresAt, reason, entry } = approval;
  const lesson = (use: ApprovalView['evidence']['lessonsFor'][number]): string =>
    `${use.id} (${use.outcomeR} R, ${use.environment ?? 'environment unknown'})`;
  return [
    line(span(`${id}  `, 'strong'), STATE[state], ` ${whatOf(approval)}, cycle ${approval.cycle}`),
    ...pairs([
      ['Why', line(why)],
      [
        'Limits',
        line(
          `size ${money(impact.exposure, impact.asset)} (${percent(limits.maxNotionalFraction)}), risk per trade ${percent(limits.riskPerTrade)}, ` +
            `positions ${limits.maxPositions}, life ${limits.maxBars} candles`,
          approval.edits === 0 ? '' : span('  lowered', 'accent'),
        ),
      ],
      [
        'At worst',
        line(
          `${money(impact.worstTrade, impact.asset)} in a trade (${percent(impact.worstTradeFraction)}), ` +
            `${money(impact.worstDay, impact.asset)} in a day (${percent(impact.worstDayFraction)})`,
          span('  as planned; a gap may cost more', 'muted'),
        ),
      ],
      [
        'Drawdown',
        line(
          `${percent(impact.drawdown)} now, ${percent(impact.drawdownAfter)} after the worst day, of ${percent(impact.drawdownBudget)}`,
        ),
      ],
      ...(entry === null
        ? []
        : [
            [
              'Entry',
              line(
                `${entry.adds ? 'adds ' : ''}${entry.quantity} at ${price(entry.price, entry.priceDecimals)}, ` +
                  `stop ${entry.stop === null ? 'none' : price(entry.stop, entry.priceDecimals)}, ` +
                  `between ${price(entry.lowest, entry.priceDecimals)} and ${price(entry.highest, entry.priceDecimals)} alone`,
              ),
            ] as const,
          ]),
      ['Regime', line(`${regimeName(evidence.regime)} ${evidence.confidence.toFixed(2)} by ${evidence.source}`)],
      ['Because', line(evidence.reasons.join('; ') || 'no reason is given')],
      ['For it', line(evidence.lessonsFor.map(lesson).join(', ') || 'no lesson')],
      ['Against', line(evidence.lessonsAgainst.map(lesson).join(', ') || 'no lesson')],
      [
        'Evidence',
        line(
          `every fact: mt facts ${approval.cycle}`,
          evidence.source === 'model' ? `; the model's question and answer: mt receipt ${approval.cycle}` : '',
        ),
      ],
      ...(state === 'pending'
        ? [['Time left', line(`${timeLeft(expiresAt, now)}, then it is rejected`)] as const]
        : [
            ['Decided', line(`through the ${approval.by ?? 'engine'}${reason === null ? '' : `: ${reason}`}`)] as const,
          ]),
    ]),
  ];
}
