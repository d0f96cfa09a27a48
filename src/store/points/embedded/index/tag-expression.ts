import { HeedError } from '../../../../core/errors.ts';
import { compileRegex, type Regex } from '../../../../core/regex/regex.ts';

/** One condition on a tag, as `seriesByTag` takes it. A tag that a series lacks has the empty value. */
export interface TagExpression {
  key: string;
  /** `!=` and `!=~`. */
  negated: boolean;
  /** Compared as it is when there is no regex. */
  value: string;
  regex: Regex | undefined;
  /** A series without the tag fulfils it. */
  matchesMissing: boolean;
}

/** One bit per expression and room for none more. */
const MAX_EXPRESSIONS = 31;
const MAX_STEPS = 20_000_000;

/**
 * Reads `key=value`, `key!=value`, `key=~regex`, `key!=~regex` (the regex is anchored at the start).
 * @throws HeedError `bad_tags` when one cannot be read, or when none asks for a tag to be there; `bad_regex`
 */
export function parseTagExpressions(texts: readonly string[]): TagExpression[] {
  if (texts.length > MAX_EXPRESSIONS) throw new HeedError('bad_tags', `cannot select by tags: there are more than ${MAX_EXPRESSIONS} expressions`);
  const expressions = texts.map(parseTagExpression);
  if (expressions.every(({ matchesMissing }) => matchesMissing))
    throw new HeedError('bad_tags', 'cannot select by tags: at least one expression must need a value that is not empty');
  return expressions;
}

function parseTagExpression(text: string): TagExpression {
  const found = /^([^;!=]+)(!?=)(~?)(.*)$/s.exec(text);
  if (!found) throw new HeedError('bad_tags', `cannot read tag expression '${text.slice(0, 80)}': it is not key=value, key!=value, key=~regex or key!=~regex`);
  const [, key, operator, tilde, value] = found;
  const negated = operator === '!=';
  const regex = tilde === '' ? undefined : compileRegex(value, { maxSteps: MAX_STEPS });
  const expression = { key, negated, value, regex, matchesMissing: false };
  return { ...expression, matchesMissing: fulfils(expression, '') };
}

/** Whether a value fulfils an expression. */
export function fulfils({ negated, value, regex }: Pick<TagExpression, 'negated' | 'value' | 'regex'>, text: string): boolean {
  return (regex ? regex.matchStart(text) : text === value) !== negated;
}
