import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { appFingerprint } from './scripts/app-fingerprint.ts';
import { BUNDLED } from './scripts/bundled-packages.ts';

const here = import.meta.dirname;
const { dependencies } = JSON.parse(readFileSync(resolve(here, 'package.json'), 'utf8')) as {
  readonly dependencies: Record<string, string>;
};

// `mt` and the model's worker for plain Node. Native packages stay outside the bundle, and so does what is read only when it is asked for.
export default defineConfig({
  publicDir: false,
  define: { APP_FINGERPRINT: JSON.stringify(await appFingerprint(here)) },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/terminal',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: {
        mt: resolve(here, 'src/terminal/mt.ts'),
        'inference-worker': resolve(here, 'src/adapters/inference-llama/worker.ts'),
        'window-terminal': resolve(here, 'src/terminal/window/worker.ts'),
        'lab-worker': resolve(here, 'src/host/lab/worker.ts'),
      },
      output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: Object.keys(dependencies).filter((name) => !BUNDLED.includes(name)) },
});
