import { Fault } from '#core/kernel/fault.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ArbitrageView } from '#shared/contract/arbitrage.ts';
import { symbolOfSeries, venueOfSeries } from '../venues/stored-candles.ts';
import { arbitrageCsv } from './arbitrage-csv.ts';
import { arbitrageHtml } from './arbitrage-html.ts';
import type { CandleSource } from './candle-data.ts';
import { writeAll } from './export-report.ts';
import type { LabWorker } from './lab-worker.ts';

type Request = AppInput<'lab.arbitrage'>;

/** Plays the request on a thread and writes what was asked for; each file is replaced whole or not at all. */
export async function reportArbitrage(
  request: Request,
  candles: CandleStore,
  startWorker: () => LabWorker,
): Promise<ArbitrageView> {
  const { html, csv } = request;
  if (html !== undefined && html === csv)
    throw new Fault('usage', `${html} is named for the HTML and the CSV file`, 'Give two names.');
  const sources = request.markets.map((market) => sourceOf(market, request.interval, candles));
  const view = await played(request, sources, startWorker());
  const files = writeAll([
    ...(html === undefined ? [] : [{ path: html, text: arbitrageHtml(view) }]),
    ...(csv === undefined ? [] : [{ path: csv, text: arbitrageCsv(view) }]),
  ]);
  return { ...view, files };
}

async function played(request: Request, sources: readonly CandleSource[], worker: LabWorker): Promise<ArbitrageView> {
  try {
    return await worker.ask({ kind: 'arbitrage', request, sources });
  } finally {
    await worker.end();
  }
}

/** The file that was named, or the candles that came from this venue and no other. */
function sourceOf(
  { venue, instrument, path }: Request['markets'][number],
  interval: Request['interval'],
  candles: CandleStore,
): CandleSource {
  if (path !== undefined) return { kind: 'file', path, interval };
  const found = candles
    .list()
    .find(
      (series) =>
        series.interval === interval &&
        symbolOfSeries(series.instrumentId) === instrument &&
        venueOfSeries(series.instrumentId).toLowerCase() === venue,
    );
  if (found === undefined)
    throw new Fault(
      'not_found',
      `no ${interval} candles of ${instrument} from ${venue} were imported`,
      'Look at mt data list, or name a file.',
    );
  return { kind: 'columns', columns: candles.readColumns(found.instrumentId, interval) };
}
