import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { equityCsv, metricsCsv, tradesCsv } from '#core/report/report-csv.ts';
import { reportHtml } from '#core/report/report-html.ts';
import type { ReportInput } from '#core/report/types.ts';
import type { AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import { unwritable } from './fills-file.ts';
import { readCurve, readRun, readTrades } from './keep-run.ts';
import { studyCsv } from './study-csv.ts';
import { studyHtml } from './study-html.ts';

type Written = AppOutput<'lab.export'>['files'][number];

/** Writes what was asked for. Every file is replaced whole or not at all; when one can't be written, none is. */
export function exportReport(
  store: LabStore,
  { id, html, csv }: AppInput<'lab.export'>,
  study: (id: string) => LabStudyView,
): AppOutput<'lab.export'> {
  if (html === undefined && csv === undefined)
    throw new Fault('usage', 'neither an HTML nor a CSV file was named', 'Name one of them, or both.');
  if (html !== undefined && html === csv)
    throw new Fault('usage', `${html} is named for the HTML and the CSV file`, 'Give two names.');
  const texts = id.startsWith('B-') ? ofRun(store, id, html, csv) : ofStudy(study(id), html, csv);
  return { id, files: writeAll(texts) };
}

/** One report as text, for a window that saves it itself. Throws a Fault for a table that a study does not have. */
export function reportText(
  store: LabStore,
  { id, as }: AppInput<'lab.report'>,
  study: (id: string) => LabStudyView,
): string {
  if (id.startsWith('B-')) {
    const input = reportInputOf(store, id);
    if (as === 'html') return reportHtml(input);
    if (as === 'csv') return metricsCsv(input.metrics);
    return as === 'trades' ? tradesCsv(input.trades) : equityCsv(input.record);
  }
  if (as === 'html') return studyHtml(study(id));
  if (as === 'csv') return studyCsv(study(id));
  throw noSuchTable(id, as);
}

export const noSuchTable = (id: string, as: string): Fault =>
  new Fault('usage', `${id} has no table of ${as}`, 'Ask for html or csv; only a back-test has trades and equity.');

type Text = { readonly path: string; readonly text: string };

/** `report.csv` becomes `report.trades.csv`. */
const beside = (path: string, part: string): string =>
  /\.csv$/i.test(path) ? path.replace(/\.csv$/i, `.${part}.csv`) : `${path}.${part}.csv`;

function ofRun(store: LabStore, id: string, html: string | undefined, csv: string | undefined): readonly Text[] {
  const input = reportInputOf(store, id);
  return [
    ...(html === undefined ? [] : [{ path: html, text: reportHtml(input) }]),
    ...(csv === undefined
      ? []
      : [
          { path: csv, text: metricsCsv(input.metrics) },
          { path: beside(csv, 'trades'), text: tradesCsv(input.trades) },
          { path: beside(csv, 'equity'), text: equityCsv(input.record) },
        ]),
  ];
}

const ofStudy = (view: LabStudyView, html: string | undefined, csv: string | undefined): readonly Text[] => [
  ...(html === undefined ? [] : [{ path: html, text: studyHtml(view) }]),
  ...(csv === undefined ? [] : [{ path: csv, text: studyCsv(view) }]),
];

function reportInputOf(store: LabStore, id: string): ReportInput {
  const { view, metrics } = readRun(store, id);
  const { time, equity, held } = readCurve(store, id);
  const { assumed, gaps } = view;
  return {
    strategy: view.strategy,
    instrument: view.instrument ?? 'an unnamed instrument',
    interval: view.interval,
    source: view.source,
    params: view.params,
    profiles: view.profiles,
    runHash: view.runHash,
    dataHash: view.dataHash,
    seed: view.seed,
    currency: view.instrument?.split('/')[1] ?? 'the quote asset',
    startingCash: view.startingCash,
    finalEquity: view.finalEquity,
    metrics,
    record: {
      startEquity: Number(view.startingCash),
      startTime: view.from,
      times: time,
      equity,
      intervalMs: INTERVAL_MS[view.interval],
    },
    held,
    trades: readTrades(store, id),
    notes: [
      ...(assumed === null
        ? []
        : [
            `No instrument was named: a tick of ${assumed.tickSize} and a lot of ${assumed.lotSize} were taken from the data.`,
          ]),
      ...(view.instrument === null || view.venue !== undefined || view.profiles.limits === 'none'
        ? []
        : ['Steps and minimums are those of today: those of the time of the candles were not given.']),
      ...(gaps.count === 0
        ? []
        : [`${gaps.missing} candles are missing in ${gaps.count} gaps; nothing was filled in.`]),
      ...(time.length < view.candles
        ? [
            `The curve shows ${time.length} of ${view.candles} closes, of each stretch the one with the deepest drawdown.`,
          ]
        : []),
      ...(view.openPosition === '0'
        ? []
        : [
            view.openPosition.startsWith('-')
              ? `${view.openPosition.slice(1)} is still owed at the end and is counted at the last close.`
              : `${view.openPosition} is still held at the end and is counted at the last close.`,
          ]),
    ],
  };
}

/** All drafts first, then all names: a full disk leaves the old files as they were. */
export function writeAll(texts: readonly Text[]): Written[] {
  const drafts: { readonly path: string; readonly draft: string; readonly bytes: number }[] = [];
  try {
    for (const { path, text } of texts) drafts.push(writeDraft(path, text));
    for (const { path, draft } of drafts) renameSync(draft, path);
    return drafts.map(({ path, bytes }) => ({ path, bytes }));
  } catch (error) {
    for (const { draft } of drafts) rmSync(draft, { force: true });
    throw error;
  }
}

function writeDraft(
  path: string,
  text: string,
): { readonly path: string; readonly draft: string; readonly bytes: number } {
  const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new Fault('storage', `${path} cannot be written: it is a folder`, 'Name a file, not a folder.');
    const file = openSync(draft, 'wx', 0o644);
    try {
      const bytes = writeSync(file, text);
      fsyncSync(file);
      return { path, draft, bytes };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(draft, { force: true });
    throw unwritable(path, error);
  }
}
