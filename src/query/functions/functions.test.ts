import { readdirSync } from 'node:fs';
import { testCases } from './testing/run.ts';

const folder = new URL('./cases/', import.meta.url);
for (const file of readdirSync(folder).toSorted()) testCases(new URL(file, folder));
