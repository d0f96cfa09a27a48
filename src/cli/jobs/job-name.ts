import { basename } from 'node:path';
import { slugOf } from '../../core/slug.ts';

const INTERPRETERS = /^(?:node|deno|bun|python[\d.]*|ruby|php|perl|bash|sh)$/;
const MOST = 50;

/** A job is called as its program: `node jobs/import-orders.js a.csv` is `import-orders`. Empty where nothing can be made of it. */
export function nameOfCommand([program = '', ...args]: readonly string[]): string {
  const name = basename(program);
  const script = INTERPRETERS.test(name) ? args.find((arg) => !arg.startsWith('-')) : undefined;
  return slugOf(basename(script ?? name).replace(/\.\w{1,5}$/, '')).slice(0, MOST);
}
