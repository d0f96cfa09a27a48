// Compiles `assembly` folders to the wasm files beside them; `--check` only says which file is older than its sources.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

interface WasmModule {
  /** Folder that has `assembly/index.ts`. */
  folder: string;
  /** Name of the compiled file in it. */
  file: string;
  /** Options of asc that differ between modules. */
  options: string[];
}

const SOURCES = join(import.meta.dirname, '../src');
const COMMON = ['--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert', '--runtime', 'stub', '--use', 'abort='];

export const WASM_MODULES: readonly WasmModule[] = [
  { folder: join(SOURCES, 'signals/metrics/statsd'), file: 'statsd.gen.wasm', options: ['--enable', 'simd', '--importMemory'] },
  { folder: join(SOURCES, 'query/format'), file: 'numbers.gen.wasm', options: [] },
];

/** A module's bytes; the same sources give the same bytes. */
export async function compileWasm({ folder, file, options }: WasmModule): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await main(['index.ts', '--outFile', 'out.wasm', ...COMMON, ...options], {
    readFile: (name, baseDir) => {
      try {
        return readFileSync(join(folder, 'assembly', baseDir === undefined || baseDir === '.' ? name : join(baseDir, name)), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`cannot compile ${file}: ${error?.message ?? 'no output'}\n${stderr.toString()}`);
  return wasm;
}

if (import.meta.main) {
  for (const wasmModule of WASM_MODULES) {
    const wasm = await compileWasm(wasmModule);
    const target = join(wasmModule.folder, wasmModule.file);
    if (!process.argv.includes('--check')) writeFileSync(target, wasm);
    else if (!readFileSync(target).equals(wasm)) {
      console.error(`${wasmModule.file} is older than its sources: run node scripts/build-wasm.ts`);
      process.exitCode = 1;
    }
  }
}
