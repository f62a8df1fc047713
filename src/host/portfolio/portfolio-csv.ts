import { unixMs } from '#core/domain/ids.ts';
import { type CsvCell, csvFile, csvLine } from '#core/kernel/csv.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import type { FillView, OrderView } from '#shared/contract/cycle.ts';
import type { PositionView } from '#shared/contract/portfolio.ts';

/** What one column says of a row. */
type Columns<Row> = readonly (readonly [name: string, cell: (row: Row) => CsvCell])[];

const csvOf = <Row>(columns: Columns<Row>, rows: readonly Row[]): string =>
  csvFile(
    columns.map(([name]) => name),
    rows.map((row) => csvLine(columns.map(([, cell]) => cell(row)))),
  );

/** Times in UTC, amounts as exact decimals with an ASCII minus, oldest first. Each row says where it stands. */
export const fillsCsv = (environment: string, fills: readonly FillView[]): string =>
  csvOf<FillView>(
    [
      ['time', ({ ts }) => utcText(unixMs(ts))],
      ['environment', () => environment],
      ['agent', ({ agentId }) => agentId],
      ['order', ({ clientOrderId }) => clientOrderId],
      ['trade', ({ tradeId }) => tradeId],
      ['instrument', ({ instrument }) => instrument],
      ['side', ({ side }) => side],
      ['purpose', ({ purpose }) => purpose],
      ['quantity', ({ quantity }) => quantity],
      ['price', ({ price }) => price],
      ['fee', ({ fee }) => fee],
      ['feeAsset', ({ feeAsset }) => feeAsset],
    ],
    fills.toSorted((a, b) => a.ts - b.ts),
  );

export const ordersCsv = (environment: string, orders: readonly OrderView[]): string =>
  csvOf<OrderView>(
    [
      ['time', ({ createdAt }) => utcText(unixMs(createdAt))],
      ['environment', () => environment],
      ['agent', ({ agentId }) => agentId],
      ['order', ({ clientOrderId }) => clientOrderId],
      ['instrument', ({ instrument }) => instrument],
      ['side', ({ side }) => side],
      ['purpose', ({ purpose }) => purpose],
      ['type', ({ type }) => type],
      ['quantity', ({ quantity }) => quantity],
      ['price', ({ price }) => price],
      ['filled', ({ filledQuantity }) => filledQuantity],
      ['status', ({ status }) => status],
      ['reason', ({ reason }) => reason],
    ],
    orders.toSorted((a, b) => a.createdAt - b.createdAt),
  );

export const positionsCsv = (environment: string, positions: readonly PositionView[]): string =>
  csvOf<PositionView>(
    [
      ['environment', () => environment],
      ['instrument', ({ instrument }) => instrument],
      ['direction', ({ direction }) => direction],
      ['quantity', ({ quantity }) => quantity],
      ['averagePrice', ({ averagePrice }) => averagePrice ?? undefined],
      ['lastPrice', ({ lastPrice }) => lastPrice ?? undefined],
      ['value', ({ value }) => value],
      ['unrealised', ({ unrealisedPnl }) => unrealisedPnl],
      ['realised', ({ realisedPnl }) => realisedPnl],
      ['fees', ({ fees }) => fees],
    ],
    positions,
  );
