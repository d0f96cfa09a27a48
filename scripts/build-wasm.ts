// Compiles the StatsD parser to src/signals/metrics/statsd/statsd.gen.wasm; `--check` only says whether that file is fresh.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

const FOLDER = join(import.meta.dirname, '../src/signals/metrics/statsd');
const TARGET = join(FOLDER, 'statsd.gen.wasm');

/** The module's bytes; the same sources give the same bytes. */
export async function compileStatsd(): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await main(
    [
      'index.ts',
      '--outFile',
      'out.wasm',
      '--optimizeLevel',
      '3',
      '--shrinkLevel',
      '0',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--importMemory',
      '--use',
      'abort=',
    ],
    {
      readFile: (name, baseDir) => {
        try {
          return readFileSync(join(FOLDER, 'assembly', baseDir === undefined || baseDir === '.' ? name : join(baseDir, name)), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !wasm) throw new Error(`cannot compile the StatsD parser: ${error?.message ?? 'no output'}\n${stderr.toString()}`);
  return wasm;
}

if (import.meta.main) {
  const wasm = await compileStatsd();
  if (!process.argv.includes('--check')) writeFileSync(TARGET, wasm);
  else if (!readFileSync(TARGET).equals(wasm)) {
    console.error('statsd.gen.wasm is older than its sources: run node scripts/build-wasm.ts');
    process.exitCode = 1;
  }
}
