// Makes a fresh clone ready: npm packages, the built screens (--build), and what the tests need from apt (--test). Runs under Node 20 too.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
const say = (text) => console.error(`heed: ${text}`);

const installed = join(root, 'node_modules/.package-lock.json');
const lock = join(root, 'package-lock.json');
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  say('installing npm packages');
  // No package that we use needs its install script: binaries come inside the packages.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

if (process.argv.includes('--build')) {
  const newest = (path) => {
    if (!existsSync(path)) return 0;
    if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
    return Math.max(
      0,
      ...readdirSync(path)
        .filter((name) => name !== 'dist')
        .map((name) => newest(join(path, name))),
    );
  };
  const built = join(root, 'web/dist/index.html');
  if (!existsSync(built) || statSync(built).mtimeMs < Math.max(newest(join(root, 'web')), newest(join(root, 'vite.config.ts')))) {
    say('building the screens');
    run(process.execPath, ['scripts/node24.mjs', 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
  }
}

if (process.argv.includes('--test')) {
  // What journeys drive: a browser, and clients that people have.
  const wanted = {
    '/usr/bin/chromium': 'chromium',
    '/usr/lib/python3/dist-packages/statsd': 'python3-statsd',
    '/usr/lib/python3/dist-packages/sentry_sdk': 'python3-sentry-sdk',
    '/usr/lib/python3/dist-packages/whisper.py': 'python3-whisper',
    '/usr/share/doc/ruby-sentry-ruby': 'ruby-sentry-ruby',
    '/usr/share/doc/ruby-sentry-raven': 'ruby-sentry-raven',
    '/usr/sbin/collectd': 'collectd-core',
    '/usr/bin/python3': 'python3',
    '/usr/bin/faketime': 'faketime',
  };
  const missing = Object.entries(wanted)
    .filter(([path]) => !existsSync(path))
    .map(([, name]) => name);
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`installing ${missing.join(', ')} by apt`);
    const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update', '-qq');
    if (apt('install', '-y', '-qq', '--no-install-recommends', ...missing).status !== 0) say('apt could not install all; journeys that need it say so');
  } else if (missing.length > 0) say(`not root, so not installed: ${missing.join(', ')}; journeys that need them are left out and say so`);
}
