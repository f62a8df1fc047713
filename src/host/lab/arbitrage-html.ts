import { type Curve, curveChart } from '#core/report/curve-chart.ts';
import { escapeHtml } from '#core/report/escape.ts';
import { count, exactAmount, percent } from '#core/report/figure-text.ts';
import type { ArbitragePair, ArbitrageSieve, ArbitrageView } from '#shared/contract/arbitrage.ts';
import { shortMoney } from '#shared/format/arbitrage.ts';
import { cell, headOf, section, table } from './html-pieces.ts';

const MILLION = 1_000_000;
const size = (ppm: number): string => percent(ppm / MILLION);
const number = (value: number): string => cell(count(value), true);
const money = (text: string): string => cell(exactAmount(shortMoney(text)), true);

const HEAD = [
  '#Moments',
  '#Gross',
  '#After spread',
  '#After fees',
  '#After latency',
  '#Certain',
  '#Largest gross',
  '#Largest net',
  '#Apart at par',
  '#Trades',
  '#Leg failed',
  '#Forced',
  '#Lost',
  '#Result',
];

const figures = (sieve: ArbitrageSieve): string =>
  [
    ...[sieve.moments, sieve.gross, sieve.quoted, sieve.net, sieve.survived, sieve.certain].map(number),
    ...[sieve.grossMostPpm, sieve.netMostPpm, sieve.parMostPpm].map((ppm) => cell(size(ppm), true)),
    ...[sieve.trades, sieve.legFailures, sieve.forced, sieve.losing].map(number),
    money(sieve.profit),
  ].join('');

/** The largest gross spread of any pair on each day, and the largest after fees. */
function chartOf(pairs: readonly ArbitragePair[]): string {
  const days = [...new Set(pairs.flatMap((pair) => pair.days.map(({ day }) => day)))].sort();
  const times = Float64Array.from(days, (day) => Date.parse(`${day}T00:00:00Z`));
  const most = (name: 'grossMostPpm' | 'netMostPpm'): Float64Array =>
    Float64Array.from(days, (day) =>
      Math.max(
        0,
        ...pairs.flatMap((pair) => pair.days.filter((row) => row.day === day).map((row) => row[name] / MILLION)),
      ),
    );
  const curves: readonly Curve[] = [
    { look: 'held', times, values: most('grossMostPpm') },
    { look: 'own', times, values: most('netMostPpm') },
  ];
  return (
    `<figure>${curveChart({ title: 'Largest spread of each day', height: 260, curves, text: percent, level: 0 })}` +
    '<figcaption><span class="key"></span>after fees<span class="key held"></span>gross, at last prices</figcaption></figure>'
  );
}

const list = (lines: readonly string[]): string =>
  `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;

const daysOf = ({ pair, home, days, reasons }: ArbitragePair): string =>
  `<details><summary>${escapeHtml(pair)}, in ${escapeHtml(home)}</summary>${table(
    ['Day', ...HEAD],
    days.map((row) => cell(row.day) + figures(row)),
  )}${reasons.length === 0 ? '' : `<p class="quiet">Only written down: ${escapeHtml(reasons.map(({ reason, times }) => `${times} times ${reason}`).join('; '))}.</p>`}</details>`;

/** What was found and what survived, as one self-contained page: charts inside, no script, nothing loaded. */
export function arbitrageHtml(view: ArbitrageView): string {
  const title = 'Arbitrage: what was there and what survives';
  return [
    ...headOf(title),
    `<header><h1>${escapeHtml(title)}</h1><ul class="pills"><li class="sim">Detect-only: simulated, no money was traded</li><li>data <span class="hash">${escapeHtml(view.dataHash)}</span></li></ul></header>`,
    section('To be kept in mind', `<div class="reading">${list([...view.notes])}</div>`),
    section('When it should not be traded', list(view.family.shouldNotTrade)),
    section('Conditions', list(view.conditions)),
    section('Days', chartOf(view.pairs)),
    section(
      'Pairs of markets',
      table(
        ['Pair', 'Kind', 'In', ...HEAD, '#Transfers', '#Networks keep'],
        view.pairs.map(
          ({ pair, kind, home, total, transfers, networkFees }) =>
            cell(pair) + cell(kind) + cell(home) + figures(total) + number(transfers) + money(networkFees),
        ),
      ),
    ),
    section('By day', view.pairs.map(daysOf).join('')),
    '</main></body></html>',
    '',
  ].join('\n');
}
