/** Writes every generated file: registries from their folders, reference pages from definitions. `--check` only says what is stale. */
import { globSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Generated } from './registry.ts';

async function main(check: boolean): Promise<void> {
  const stale: string[] = [];
  for (const file of globSync('scripts/generate/*.ts').toSorted()) {
    const { generate } = (await import(`../${file}`)) as { generate: () => Promise<Generated> | Generated };
    for (const [path, content] of Object.entries(await generate())) {
      if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
      stale.push(path);
      if (!check) writeFileSync(path, content);
    }
  }
  for (const path of stale) console.log(check ? `stale: ${path}; run npm run generate` : `wrote ${path}`);
  if (check && stale.length > 0) process.exit(1);
}

if (import.meta.main) await main(process.argv.includes('--check'));
