// Runs a script of ours under the pinned Node, whatever Node npm itself runs under.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinned = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
const node = existsSync(pinned) ? pinned : process.execPath;
const path = `${dirname(node)}:${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
