import type { Expression, LiteralExpression, TemplateExpression } from './expression.ts';

type Values = ReadonlyMap<string, LiteralExpression['value']>;

/**
 * Puts the variables of `template(...)` in place. Values of the request (`template[name]=`) win over the expression's
 * own. Outside of a template `$` is a letter like any other.
 */
export function fillTemplates(expression: Expression, request: ReadonlyMap<string, string>): Expression {
  return fill(expression, undefined, request);
}

function fill(expression: Expression, values: Values | undefined, request: ReadonlyMap<string, string>): Expression {
  if (expression.kind === 'path') return values ? fillPath(expression, values) : expression;
  if (expression.kind === 'template') return fill(expression.body, valuesOf(expression, request), request);
  if (expression.kind !== 'call') return expression;
  return {
    ...expression,
    args: expression.args.map((argument) => fill(argument, values, request)),
    named: expression.named.map(({ name, value }) => ({ name, value: fill(value, values, request) })),
  };
}

function valuesOf(template: TemplateExpression, request: ReadonlyMap<string, string>): Values {
  const values = new Map<string, LiteralExpression['value']>(template.variables.map(({ name, value }) => [name, value.value]));
  for (const [name, value] of request) values.set(name, value);
  return values;
}

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)$/;

/** A path that is nothing but a variable takes its value as it is, a number as a number. */
function fillPath(path: Extract<Expression, { kind: 'path' }>, values: Values): Expression {
  const whole = path.text.startsWith('$') ? values.get(path.text.slice(1)) : undefined;
  if (typeof whole === 'string' && !NUMBER.test(whole)) return { ...path, text: whole, substituted: true };
  if (whole !== undefined) return { kind: 'literal', value: typeof whole === 'string' ? Number(whole) : whole, text: String(whole), at: path.at };
  let text = path.text;
  // The longest names first, so that $s does not take the beginning of $server.
  for (const [name, value] of [...values].toSorted(([a], [b]) => b.length - a.length)) text = text.replaceAll(`$${name}`, () => String(value));
  return { ...path, text };
}
