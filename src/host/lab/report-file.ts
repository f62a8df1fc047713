import { Fault } from '#core/kernel/fault.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ReportFile } from '#shared/contract/measurements.ts';
import { jsonStringBytes, REPLY_CAP } from '#shared/transport/wire-size.ts';

/** Room for what surrounds the text in a reply. */
const FRAME_BYTES = 4096;

/** A report as a file to save. Throws Fault `refused` for one that does not fit into a reply. */
export function reportFile({ id, as }: AppInput<'lab.report'>, text: string): ReportFile {
  const most = REPLY_CAP.json - FRAME_BYTES;
  if (jsonStringBytes(text, most) > most)
    throw new Fault(
      'refused',
      `the report of ${id} is too long to be handed to a window`,
      `Let the engine write it: mt lab export ${id} --html FILE, or --csv FILE`,
    );
  if (as === 'html') return { name: `${id}.html`, text };
  return { name: as === 'csv' ? `${id}.csv` : `${id}-${as}.csv`, text };
}
