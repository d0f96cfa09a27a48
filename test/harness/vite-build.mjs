// Builds a folder by Vite with one of Sentry's plugins, in a process of its own: the plugin keeps what it learns of servers in HOME.
import { createRequire } from 'node:module';
import { build } from 'vite';

const [plugin, root, url, authToken, release] = process.argv.slice(2);
const { sentryVitePlugin } = createRequire(import.meta.url)(plugin);
const sentry = sentryVitePlugin({
  org: 'heed',
  project: 'default',
  url,
  authToken,
  telemetry: false,
  errorHandler: (error) => {
    throw error;
  },
  release: { name: release, deploy: { env: 'production' }, setCommits: false },
});
await build({
  root,
  logLevel: 'warn',
  plugins: [sentry],
  build: { sourcemap: 'hidden', outDir: 'dist', lib: { entry: 'src/main.ts', formats: ['cjs'], fileName: 'app' } },
});
