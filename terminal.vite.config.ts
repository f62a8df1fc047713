import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

// `mt` and the model's worker for plain Node. Packages stay outside the bundle: some are native, and one copy serves all.
export default defineConfig({
  publicDir: false,
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
  ssr: { noExternal: [] },
});
