import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { PAGE_PIECES } from '../../../scripts/page-pieces.ts';

const root = resolve(import.meta.dirname, '../../../src/renderer');

// The page alone, as the product builds it: nothing inlined, no polyfill script, since the policy forbids both.
export default defineConfig({
  root,
  logLevel: 'warn',
  plugins: [react(), tailwindcss()],
  build: {
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    rollupOptions: { input: resolve(root, 'index.html'), output: PAGE_PIECES },
  },
});
