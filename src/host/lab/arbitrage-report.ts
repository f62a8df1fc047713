import { Fault } from '#core/kernel/fault.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ArbitrageView } from '#shared/contract/arbitrage.ts';
import { arbitrageCsv } from './arbitrage-csv.ts';
import { arbitrageHtml } from './arbitrage-html.ts';
import { writeAll } from './export-report.ts';
import type { LabWorker } from './lab-worker.ts';

/** Plays the request on a thread and writes what was asked for; each file is replaced whole or not at all. */
export async function reportArbitrage(request: AppInput<'lab.arbitrage'>, worker: LabWorker): Promise<ArbitrageView> {
  const { html, csv } = request;
  if (html !== undefined && html === csv)
    throw new Fault('usage', `${html} is named for the HTML and the CSV file`, 'Give two names.');
  const view = await worker.ask({ kind: 'arbitrage', request });
  const files = writeAll([
    ...(html === undefined ? [] : [{ path: html, text: arbitrageHtml(view) }]),
    ...(csv === undefined ? [] : [{ path: csv, text: arbitrageCsv(view) }]),
  ]);
  return { ...view, files };
}
