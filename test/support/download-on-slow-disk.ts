// Downloads one model where the bytes of parts reach the disk late and the library's notes about them do not:
// `download-on-slow-disk.ts URL FOLDER BYTES`. Stops once so many bytes have come and ends at once, as the process of a download does.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFile } from '#adapters/inference-llama/download-file.ts';

const [url = '', folder = '', stopAt = ''] = process.argv.slice(2);

/** Requests to the disk before each write of a part: it stays under way, as on a slow disk, and no timer stands for it. */
const REQUESTS_BEFORE = 60;
/** The notes are a few hundred bytes. */
const NOTES_BYTES = 4_096;

const probe = await open(join(folder, 'probe'), 'w');
const handle = Object.getPrototypeOf(probe) as { write: (buffer: Buffer, ...rest: unknown[]) => Promise<unknown> };
const write = handle.write;
handle.write = async function late(this: typeof probe, buffer, ...rest) {
  if (buffer.length > NOTES_BYTES) for (let n = 0; n < REQUESTS_BEFORE; n++) await this.stat();
  return write.call(this, buffer, ...rest);
};
await probe.close();

const ending = new AbortController();
await downloadFile(
  { do: 'download', url, folder, fileName: 'incoming-m.gguf', mostBytes: 1e9 },
  (done) => {
    if (done > Number(stopAt)) ending.abort(new Error('stopped'));
  },
  ending.signal,
).then(
  () => console.log('whole'),
  () => console.log('stopped'),
);
process.exit(0);
