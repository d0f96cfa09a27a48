import type { Expression } from './expression.ts';
import { parseTarget } from './parse.ts';

/**
 * The first series path in a row's name: `a.b` in `scale(sumSeries(a.b,c.d),2)`; the name itself where it cannot be
 * read as an expression. Functions that take a node of the name mean this one.
 */
export function firstPath(name: string): string {
  if (!/[(|{]/.test(name)) return name;
  try {
    return findPath(parseTarget(name).expression) ?? name;
  } catch {
    return name;
  }
}

function findPath(expression: Expression): string | undefined {
  if (expression.kind === 'path') return expression.text;
  if (expression.kind !== 'call') return undefined;
  return expression.args.length > 0 ? findPath(expression.args[0]) : undefined;
}
