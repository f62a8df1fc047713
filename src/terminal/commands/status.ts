import type { ArgsOf } from '#shared/commands/registry.ts';
import { type EngineStatus, openStatus } from '#shared/contract/engine.ts';
import { slippageText } from '#shared/format/figures.ts';
import { countText, environmentName, modeName } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { environmentChip } from '../text/cycle-lines.ts';
import { moment, money, percent, signedMoney, signedPercent } from '../text/figures.ts';
import { type Line, line, type Span, span } from '../text/line.ts';
import { pairs } from '../text/table.ts';

const STATE: Readonly<Record<EngineStatus['tradingState'], Span>> = {
  active: span('active', 'up'),
  reducing: span('reducing', 'warn'),
  halted: span('HALTED', 'danger'),
};

const BYTES_PER_MEGABYTE = 1_000_000;
const megabytes = (bytes: number | null): number => Math.floor((bytes ?? 0) / BYTES_PER_MEGABYTE);

/** Accounts on live prices, each with its environment, and what a cycle trades of them now. */
const paperLines = ({ paper, livePrices }: EngineStatus): readonly (readonly [string, Line])[] => [
  ...(livePrices === null
    ? []
    : [
        [
          'Live prices',
          line(
            environmentChip(livePrices.environment),
            ` ${livePrices.label}`,
            livePrices.trouble === null ? '' : span(`  not good to trade on: ${livePrices.trouble}`, 'warn'),
          ),
        ] as const,
      ]),
  ...paper.map(
    (account) =>
      [
        environmentName(account.environment),
        line(
          span(money(account.equity, account.quoteAsset), 'strong'),
          ` ${account.name}, drawdown ${percent(account.drawdownFraction)}`,
          account.averageSlippageBps === null
            ? ''
            : span(
                `  ${countText(account.compared, 'order')} compared, the book ${slippageText(account.averageSlippageBps)} on average`,
                'muted',
              ),
        ),
      ] as const,
  ),
];

/** The card; `more` rows stand under it with their values in the same column. */
export function statusLines(status: EngineStatus, more: readonly (readonly [string, Line])[] = []): readonly Line[] {
  const { quoteAsset, journal, disk, protection, feed, haltReason } = status;
  return pairs([
    [
      'Trading',
      line(
        STATE[status.tradingState],
        haltReason === null ? '' : `: ${haltReason}`,
        span(`  ${modeName(status.mode)}`, 'muted'),
      ),
    ],
    [
      'Equity',
      line(
        span(money(status.equity, quoteAsset), 'strong'),
        '  today ',
        signedMoney(status.dayPnl, quoteAsset),
        ' ',
        signedPercent(status.dayPnlFraction),
      ),
    ],
    ['Cash', line(money(status.cash, quoteAsset))],
    [
      'Drawdown',
      line(
        percent(status.drawdownFraction),
        span(` from the peak, ${percent(status.drawdownLimits.most)} at most`, 'muted'),
      ),
    ],
    ['Agents', line(status.agentsRunning === 0 ? 'none running' : countText(status.agentsRunning, 'agent'))],
    [
      'Market',
      line(
        `${feed.label}${feed.seed === null ? '' : `, seed ${feed.seed}`}`,
        span(`, now ${moment(status.marketTime)}`, 'muted'),
      ),
    ],
    ...paperLines(status),
    ['Analyst', line(status.analyst.label)],
    ['Lessons', line(String(status.lessons))],
    ['Journal', line(countText(journal.records, 'record'), span(`  head ${journal.head}`, 'muted'))],
    ...(journal.why === null ? [] : [['', line(span(`nothing can be recorded: ${journal.why}`, 'danger'))] as const]),
    ...(disk.low ? [['Disk', line(span(`only ${megabytes(disk.freeBytes)} MB free`, 'danger'))] as const] : []),
    ['Data', line(span(protection.label, protection.protected ? 'plain' : 'warn'))],
    ...more,
  ]);
}

/** The whole system on one card. */
export const runStatus: Run<ArgsOf<'status'>> = (_args, context) =>
  withSession(context, 'view', async ({ client, attached }) => {
    const status = openStatus(await client.invoke('engine.status', {}));
    context.output.lines([
      line(span('MASTER TRADER', 'strong'), ` ${status.version}  `, environmentChip(status.environment)),
      ...statusLines(status, [
        ['Engine', line(attached ? 'running on this folder' : 'none running; opened for this answer')],
        ['Folder', line(context.home)],
      ]),
    ]);
    context.output.answer({ ...status, home: context.home, engine: attached ? 'running' : 'own' });
    return 0;
  });
