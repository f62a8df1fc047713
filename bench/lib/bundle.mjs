import { join } from 'node:path';

/**
 * A worker and all of the product that it imports as one plain file, as the product ships. Node run on TypeScript carries a compiler with
 * it, some fifty megabytes that no installed program has; it makes no difference to time.
 */
export async function bundleWorker(name) {
  try {
    const { rolldown } = await import('rolldown');
    const bundle = await rolldown({
      input: join(import.meta.dirname, '../workers', `${name}.mjs`),
      platform: 'node',
      logLevel: 'silent',
    });
    const path = join(import.meta.dirname, '../.build', `${name}.bundle.mjs`);
    await bundle.write({ file: path, format: 'esm', codeSplitting: false });
    await bundle.close();
    return { path, notRun: [] };
  } catch (error) {
    return {
      path: undefined,
      notRun: [
        `memory is measured on TypeScript, compiler included: no bundle could be made (${error.message.split('\n')[0]})`,
      ],
    };
  }
}
