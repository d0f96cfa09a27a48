/** A target, taken apart. `at` is the position in the text where the part begins, for messages. */
export type Expression = PathExpression | TagsExpression | CallExpression | TemplateExpression | LiteralExpression;

/** A pattern of series names as written, e.g. `servers.*.cpu.{user,system}`. */
export interface PathExpression {
  kind: 'path';
  text: string;
  at: number;
  /** It stood for a template's variable as a whole, and may be a word as well as a pattern. */
  substituted?: boolean;
}

/** Series by tag expressions such as `name=cpu`; what `seriesByTag` makes of its arguments. The parser makes none. */
export interface TagsExpression {
  kind: 'tags';
  expressions: string[];
  text: string;
}

export interface CallExpression {
  kind: 'call';
  name: string;
  args: Expression[];
  named: NamedArgument[];
  text: string;
  at: number;
}

/** `template(expression, value, name=value)`; variables are `$1`, `$name`. */
export interface TemplateExpression {
  kind: 'template';
  body: Expression;
  variables: { name: string; value: LiteralExpression }[];
  at: number;
}

export interface LiteralExpression {
  kind: 'literal';
  /** `none` is null, `inf` is Infinity. */
  value: string | number | boolean | null;
  /** As written; tells 2 from 2.0. */
  text: string;
  at: number;
}

export interface NamedArgument {
  name: string;
  value: Expression;
}
