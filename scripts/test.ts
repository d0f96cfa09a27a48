/** Runs all tests: unit tests in one process, then journeys that drive the whole server, each file in its own. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const wanted = process.argv.slice(2);
const chosen = (pattern: string[]): string[] =>
  globSync(pattern, { exclude: (path) => path.includes('node_modules') })
    .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
    .toSorted();

function run(title: string, files: string[], args: string[]): boolean {
  if (files.length === 0) return true;
  console.log(`\n${title}: ${files.length} files`);
  const result = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--test', ...args, '--test-reporter=spec', ...files], {
    stdio: 'inherit',
  });
  return result.status === 0;
}

const unit = run('unit tests', chosen(['src/**/*.test.ts', 'web/**/*.test.ts', 'scripts/**/*.test.ts']), ['--test-isolation=none']);
const journeys = run('journeys', chosen(['test/**/*.test.ts']), ['--test-concurrency=1', '--test-timeout=300000']);
process.exit(unit && journeys ? 0 : 1);
