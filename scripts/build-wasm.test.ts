import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileWasm, WASM_MODULES } from './build-wasm.ts';

for (const wasmModule of WASM_MODULES)
  test(`${wasmModule.file} in the repository is what its sources compile to`, async () => {
    const kept = readFileSync(join(wasmModule.folder, wasmModule.file));
    assert.ok(kept.equals(await compileWasm(wasmModule)), 'run node scripts/build-wasm.ts');
  });
