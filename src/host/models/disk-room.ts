/** So much of the disk is left to the journal and everything else. */
const DISK_RESERVE_BYTES = 1_000_000_000;
/** A file needs a little more than its size: what is written beside it, and what others write meanwhile. */
const ROOM_FACTOR = 1.1;

/** The largest file that may be begun with so much free. */
export const mostBytesWith = (freeBytes: number): number =>
  Math.max(0, Math.floor(Math.min(freeBytes - DISK_RESERVE_BYTES, freeBytes / ROOM_FACTOR)));

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Why a download must not go on, as the disk is now; undefined while it may. */
export function roomProblem(totalBytes: number, doneBytes: number, freeBytes: number): string | undefined {
  const rest = Math.max(0, totalBytes - doneBytes);
  if (freeBytes >= rest * ROOM_FACTOR) return undefined;
  return `the disk of the data folder is filling up: ${inMegabytes(freeBytes)} are free and ${inMegabytes(rest)} are still to come. What has arrived stays; free some space and start it again`;
}
