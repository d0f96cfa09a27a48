import type { Expression, LiteralExpression } from './expression.ts';
import { parseWholeTarget } from './parse.ts';

/** A target as editors of expressions read it: each part with its place in the text. */
export interface ExpressionTree {
  kind: 'call' | 'path' | 'string' | 'number' | 'boolean' | 'none' | 'infinity' | 'template';
  /** UTF-16 units of the text, from and up to; a call after a pipe begins with what is piped into it. */
  span: [number, number];
  function?: string;
  /** Of a call, in their order; what is piped into it is the first. */
  arguments?: { name: string; value: ExpressionTree }[];
}

/** Reads a whole target. @throws HeedError `bad_target` with the position, `too_deep` */
export function expressionTree(text: string): ExpressionTree {
  return treeOf(parseWholeTarget(text), text);
}

function treeOf(expression: Expression, text: string): ExpressionTree {
  switch (expression.kind) {
    case 'literal':
      return { kind: literalKind(expression.value), span: [expression.at, expression.at + expression.text.length] };
    case 'call': {
      const args = [
        ...expression.args.map((value) => ({ name: '', value: treeOf(value, text) })),
        ...expression.named.map(({ name, value }) => ({ name, value: treeOf(value, text) })),
      ];
      const start = Math.min(expression.at, args[0]?.value.span[0] ?? Infinity);
      return { kind: 'call', span: [start, expression.at + expression.text.length], function: expression.name, arguments: args };
    }
    case 'template': {
      const last = expression.variables.at(-1)?.value ?? expression.body;
      return { kind: 'template', span: [expression.at, text.indexOf(')', treeOf(last, text).span[1]) + 1] };
    }
    default: {
      // The parser makes no tags.
      const at = expression.kind === 'path' ? expression.at : 0;
      return { kind: 'path', span: [at, at + expression.text.length] };
    }
  }
}

function literalKind(value: LiteralExpression['value']): 'string' | 'number' | 'boolean' | 'none' | 'infinity' {
  if (value === null) return 'none';
  if (value === Infinity) return 'infinity';
  return typeof value as 'string' | 'number' | 'boolean';
}
