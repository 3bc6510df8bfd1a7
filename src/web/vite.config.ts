import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('.'),
  // Also when a test run builds the pages: what is built is what is shipped.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  plugins: [react()],
  // The design system's package does not export its style sheets.
  resolve: { alias: [{ find: /^dkfds\/dist\//, replacement: path('../../node_modules/dkfds/dist/') }] },
  build: {
    outDir: path('../../dist/web'),
    emptyOutDir: true,
    // A strict content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
});
