import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { appFingerprint } from './scripts/app-fingerprint.ts';
import { BUNDLED } from './scripts/bundled-packages.ts';
import { PAGE_PIECES } from './scripts/page-pieces.ts';

const here = import.meta.dirname;
const define = { APP_FINGERPRINT: JSON.stringify(await appFingerprint(here)) };

// Three bundles of one product: the privileged main process with the model's worker beside it, the 12-line preload as one CommonJS
// file (a sandboxed preload can load nothing else), and the page.
export default defineConfig({
  main: {
    define,
    build: {
      outDir: 'out/main',
      externalizeDeps: { exclude: [...BUNDLED] },
      rollupOptions: {
        input: {
          // The entry loads the window as a program of its own, so that nothing native is loaded before it was looked at.
          index: resolve(here, 'src/main/boot.ts'),
          desktop: resolve(here, 'src/main/index.ts'),
          'inference-worker': resolve(here, 'src/adapters/inference-llama/worker.ts'),
          'window-terminal': resolve(here, 'src/terminal/window/worker.ts'),
          'lab-worker': resolve(here, 'src/host/lab/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src/renderer'),
    define,
    plugins: [react(), tailwindcss()],
    build: {
      outDir: resolve(here, 'out/renderer'),
      emptyOutDir: true,
      // Every byte the page needs is a file of its own: the policy allows no data: fonts and no inline script.
      assetsInlineLimit: 0,
      // The page is read at every start; its names are not needed for that.
      minify: true,
      chunkSizeWarningLimit: 4_000,
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(here, 'src/renderer/index.html'), output: PAGE_PIECES },
    },
  },
});
