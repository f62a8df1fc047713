import { type Drawdown, drawdownsOf } from '../statistics/drawdown.ts';
import type { TradeRecord } from '../statistics/types.ts';
import { histogram } from './bar-charts.ts';
import { type Curve, curveChart } from './curve-chart.ts';
import { escapeHtml } from './escape.ts';
import { card, figureTable } from './figure-rows.ts';
import {
  amount,
  count,
  day,
  duration,
  exactAmount,
  moment,
  multiple,
  type NumberStyle,
  percent,
  ratio,
} from './figure-text.ts';
import { monthTable } from './month-table.ts';
import { readingOf } from './reading.ts';
import { returnRows } from './return-rows.ts';
import { significanceRows } from './significance-rows.ts';
import { STYLE } from './style.ts';
import { tradeRows } from './trade-rows.ts';
import type { ReportInput } from './types.ts';

/** Trades listed in the page; the file of trades has them all. */
const MOST_TRADES = 100;
/** Nothing may be loaded or run: the page is one file of text. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The report as one self-contained HTML page: charts as inline SVG, no script, nothing from the network, foreign text escaped. The same
 * input gives the same bytes.
 */
export function reportHtml(input: ReportInput): string {
  const { metrics, strategy, instrument, interval } = input;
  const title = `${strategy} on ${instrument}, ${interval}`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>`,
    headOf(input, title),
    cardsOf(input),
    section(
      'What this shows',
      `<ul>${readingOf(metrics)
        .map((sentence) => `<li>${escapeHtml(sentence)}</li>`)
        .join('')}</ul>`,
      'reading',
    ),
    notesOf(input.notes ?? []),
    section('Equity', curvesOf(input)),
    section('Months', monthTable(metrics.equity.months)),
    section('Return and risk', figureTable(returnRows(metrics))),
    section('Deepest drawdowns', drawdownTable(metrics.drawdown.worst)),
    section('Is it more than luck?', figureTable(significanceRows(metrics))),
    section('Trades', tradesOf(input)),
    section('Costs', costsOf(input)),
    section('The run', runOf(input)),
    footer(),
    '</main></body></html>',
    '',
  ].join('\n');
}

const section = (heading: string, body: string, look = ''): string =>
  `<section${look === '' ? '' : ` class="${look}"`}><h2>${heading}</h2>\n${body}\n</section>`;

function headOf({ metrics, profiles, seed, runHash }: ReportInput, title: string): string {
  const { from, to, candles, wholeDays } = metrics.period;
  return [
    `<header><h1>${escapeHtml(title)}</h1>`,
    `<p>${moment(from)} to ${moment(to)} UTC, ${count(candles)} candles, ${count(wholeDays)} whole days</p>`,
    '<ul class="pills"><li class="sim">Back-test: simulated, no money was traded</li>',
    `<li>limits <b>${escapeHtml(profiles.limits)}</b></li><li>costs <b>${escapeHtml(profiles.costs)}</b></li>`,
    `<li>seed <b>${seed}</b></li><li>run <span class="hash">${escapeHtml(runHash)}</span></li></ul></header>`,
  ].join('\n');
}

const cardsOf = ({ metrics }: ReportInput): string =>
  [
    '<div class="cards">',
    card('Total return', metrics.equity.totalReturn, percent, 'candles', true),
    card('Yearly growth', metrics.equity.yearlyGrowth, percent, 'days', true),
    card('Deepest drawdown', metrics.drawdown.deepest, percent, 'candles'),
    card('Sharpe ratio', metrics.risk.sharpe, ratio, 'days', true),
    card('Win rate', metrics.trades.winRate, percent, 'trades'),
    card('Mean result of a trade', metrics.trades.expectancyR, multiple, 'trades with a stop', true),
    card('Profit factor', metrics.trades.profitFactor, ratio, 'trades'),
    card('Buy and hold', metrics.benchmarks.buyAndHold, percent, 'candles', true),
    '</div>',
  ].join('\n');

const notesOf = (notes: readonly string[]): string =>
  notes.length === 0
    ? ''
    : section(
        'To be kept in mind',
        `<ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`,
        'notes reading',
      );

function curvesOf({ record, held, currency }: ReportInput): string {
  const curves: readonly Curve[] = [
    ...(held === undefined ? [] : [{ look: 'held', times: record.times, values: held } as const]),
    { look: 'own', times: record.times, values: record.equity },
  ];
  const { depth } = drawdownsOf(record);
  const fall: Curve = { look: 'fall', times: record.times, values: depth.map((share) => -share), area: true };
  const key = held === undefined ? '' : '<span class="key held"></span>buy and hold, same costs';
  return [
    `<figure>${curveChart({ title: 'Equity at each close', height: 320, curves, text: onAxis(amount), level: record.startEquity })}`,
    `<figcaption><span class="key"></span>equity in ${escapeHtml(currency)}, marked at each close${key}</figcaption></figure>`,
    `<figure>${curveChart({ title: 'Share below the highest equity so far', height: 150, curves: [fall], text: onAxis(percent) })}`,
    '<figcaption>share below the highest mark so far</figcaption></figure>',
  ].join('\n');
}

/** Ticks are round numbers: zeros after the point say nothing there. */
const onAxis =
  (style: NumberStyle): NumberStyle =>
  (value) =>
    style(value).replace(/\.(\d*?)0+(%?)$/, (_, digits: string, unit: string) =>
      digits === '' ? unit : `.${digits}${unit}`,
    );

function drawdownTable(worst: readonly Drawdown[]): string {
  if (worst.length === 0) return '<p class="quiet">The equity was never below a peak.</p>';
  const rows = worst.map(
    ({ depth, peakTime, troughTime, recoveryTime, durationMs }) =>
      `<tr><td>${percent(depth)}</td><td>${day(peakTime)}</td><td>${day(troughTime)}</td>` +
      `<td>${recoveryTime === undefined ? 'not yet' : day(recoveryTime)}</td><td class="num">${duration(durationMs)}</td></tr>`,
  );
  const head =
    '<th scope="col">Depth</th><th scope="col">Peak</th><th scope="col">Lowest</th><th scope="col">Recovered</th><th scope="col" class="num">Lasted</th>';
  return table(head, rows);
}

function tradesOf({ metrics, trades, currency }: ReportInput): string {
  const multiples = trades.flatMap(({ netPnl, riskTaken }) => (riskTaken === undefined ? [] : [netPnl / riskTaken]));
  const inR = multiples.length >= 10;
  const chart = inR
    ? histogram(multiples, 'Results in multiples of the planned risk (R)', multiple)
    : histogram(
        trades.map(({ netPnl }) => netPnl),
        `Results in ${currency}`,
        amount,
      );
  const listed = trades.toSorted((a, b) => a.exitTime - b.exitTime).slice(-MOST_TRADES);
  const head = ['Entered', 'Left', 'Side', 'Quantity', 'Entry', 'Exit', 'Fees', 'Result', 'R']
    .map((name, i) => `<th scope="col"${i > 2 ? ' class="num"' : ''}>${name}</th>`)
    .join('');
  return [
    `<p>${count(metrics.trades.count)} trades: ${count(metrics.trades.gains)} gained, ${count(metrics.trades.losses)} lost. Results after all costs, in ${escapeHtml(currency)}.</p>`,
    `<figure>${chart}<figcaption>${inR ? 'results in multiples of the planned risk (R)' : `results in ${escapeHtml(currency)}`}; the outermost columns take what lies beyond the middle 98%</figcaption></figure>`,
    figureTable(tradeRows(metrics)),
    listed.length === 0
      ? ''
      : `<details><summary>The last ${count(listed.length)} of ${count(trades.length)} trades</summary>${table(head, listed.map(tradeRow))}</details>`,
  ].join('\n');
}

const tradeRow = (trade: TradeRecord): string =>
  `<tr><td>${moment(trade.entryTime)}</td><td>${moment(trade.exitTime)}</td><td>${trade.direction ?? 'long'}</td>` +
  [amount(trade.quantity), amount(trade.entryPrice), amount(trade.exitPrice), amount(trade.fees)]
    .map((text) => `<td class="num">${text}</td>`)
    .join('') +
  `<td class="num ${trade.netPnl < 0 ? 'loss' : 'gain'}">${amount(trade.netPnl)}</td>` +
  `<td class="num">${trade.riskTaken === undefined ? '' : multiple(trade.netPnl / trade.riskTaken)}</td></tr>`;

function costsOf({ metrics: { costs }, currency }: ReportInput): string {
  const rows = (
    [
      ['Fees', costs.fees],
      ['Spread and impact', costs.slippage],
      ['Interest and funding', costs.carry],
      ['All costs', costs.total],
    ] as const
  ).map(([name, value]) => `<tr><th scope="row">${name}</th><td class="num">${amount(value)}</td></tr>`);
  return table(`<th scope="col">Kind</th><th scope="col" class="num">${escapeHtml(currency)}</th>`, rows);
}

function runOf(input: ReportInput): string {
  const { params, profiles, currency } = input;
  const parameters = Object.entries(params)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const entries: readonly (readonly [string, string])[] = [
    ['Strategy', input.strategy],
    ['Parameters', parameters === '' ? 'none' : parameters],
    ['Instrument', `${input.instrument}, ${input.interval}`],
    ['Candles from', input.source],
    ['Limits profile', profiles.limits],
    ['Cost profile', profiles.costs],
    ['Starting money', `${exactAmount(input.startingCash)} ${currency}`],
    ['Final equity', `${exactAmount(input.finalEquity)} ${currency}`],
    ['Seed', String(input.seed)],
    ['Configurations tried', count(input.metrics.significance.deflated.trials)],
    ['Hash of the data', input.dataHash],
    ['Hash of the run', input.runHash],
  ];
  return `<dl>${entries.map(([name, value]) => `<dt>${name}</dt><dd${name.startsWith('Hash') ? ' class="hash"' : ''}>${escapeHtml(value)}</dd>`).join('')}</dl>`;
}

const table = (head: string, rows: readonly string[]): string =>
  `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;

const footer = (): string =>
  '<footer><p>Daily figures rest on whole UTC days; a year has 365 days, because these markets never close. Deviations use n \u2212 1. ' +
  'An interval covers the truth in 95 of 100 such runs when its assumptions hold; its method is named beside it. ' +
  'Past results, simulated ones above all, say little about the future.</p></footer>';
