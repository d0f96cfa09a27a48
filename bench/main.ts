/** `npm run bench [words]`: runs the benches whose files' names contain one of the words, or all. Each compares with peers in one run. */
import { globSync } from 'node:fs';
import { cpus } from 'node:os';

const words = process.argv.slice(2);
const files = globSync('bench/**/*.bench.ts')
  .toSorted()
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}`);
for (const file of files) {
  const { bench } = (await import(`../${file}`)) as { bench: () => Promise<void> };
  await bench();
}
process.exit(0);
