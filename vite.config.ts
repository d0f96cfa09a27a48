import { defineConfig } from 'vite';

/** The screens: `vite build` writes web/dist, which the API serves. `vite` alone develops against a running `heed serve`. */
export default defineConfig({
  root: 'web',
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:4400', '/render': 'http://127.0.0.1:4400' } },
});
