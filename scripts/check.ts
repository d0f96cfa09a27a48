/** The gate before every commit: types, lint, format, dead code, fresh generated files. Prints one line each, and the output of what failed. */
import { spawn } from 'node:child_process';

const STEPS: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '-p', '.'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'oxfmt', '--check'],
  ['dead code', 'knip'],
  ['generated files', process.execPath, '--disable-warning=ExperimentalWarning', 'scripts/generate.ts', '--check'],
];

let failed = false;
for (const [name, command, ...args] of STEPS) {
  const start = performance.now();
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (data: Buffer) => (text += data.toString()));
    child.stderr.on('data', (data: Buffer) => (text += data.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ code: status ?? 1, output: text }));
  });
  console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(16)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (code !== 0) {
    failed = true;
    console.log(output);
  }
}
process.exit(failed ? 1 : 0);
