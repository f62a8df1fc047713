import { type UnixMs, unixMs } from '#core/domain/ids.ts';

/** A stretch of bitcoin's past that is known for what it was. `from` inclusive, `to` exclusive. */
export type RegimeWindow = { readonly kind: string; readonly from: UnixMs; readonly to: UnixMs };

const day = (text: string): UnixMs => unixMs(Date.parse(`${text}T00:00:00Z`));
const WINDOWS = `bull 2017-09-15 2017-12-17, bear 2017-12-17 2018-12-16, crash 2020-03-06 2020-03-14, bull 2020-10-01 2021-04-14,
crash 2021-05-10 2021-05-24, bear 2021-11-10 2022-11-22, sideways 2023-03-20 2023-10-01, bull 2023-10-15 2024-03-14,
sideways 2024-03-15 2024-10-10, bull 2024-11-05 2024-12-17, correction 2025-01-20 2025-04-09, bull 2025-04-09 2025-10-06,
crash 2025-10-07 2025-10-18`;

/** Chosen by their prices and after the fact: a family that does well in one was not asked to know beforehand which one it was. */
export const REGIME_WINDOWS: readonly RegimeWindow[] = WINDOWS.split(/,\s+/).map((text) => {
  const [kind = '', from = '', to = ''] = text.split(' ');
  return { kind, from: day(from), to: day(to) };
});
