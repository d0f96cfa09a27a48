import { DEFAULT, isDefault } from './fingerprint.ts';
import { compileRuleGlob } from './rule-glob.ts';
import { quote, ruleLines, writeMatcher, type RuleCursor, type WrittenMatcher } from './rule-text.ts';
import { readBoolean } from './stack-rules.ts';

export type EventField = 'message' | 'logger' | 'level' | 'type' | 'value' | 'tag' | 'sdk' | 'family' | 'release';
export type StackField = 'function' | 'module' | 'path' | 'package' | 'app';

export interface FingerprintMatcher {
  field: EventField | StackField;
  /** Of a tag its name. */
  tag?: string;
  written: WrittenMatcher;
  matches: (value: string) => boolean;
}

/** Events that match all of the matchers get the fingerprint; the first rule that matches is taken. */
export interface FingerprintRule {
  matchers: FingerprintMatcher[];
  fingerprint: string[];
  title?: string;
  /** As it is written. */
  text: string;
}

const FIELDS = new Map<string, EventField | StackField>([
  ['error.type', 'type'],
  ['error.value', 'value'],
  ['stack.function', 'function'],
  ['stack.module', 'module'],
  ['stack.abs_path', 'path'],
  ['stack.package', 'package'],
  ...(['message', 'logger', 'level', 'type', 'value', 'sdk', 'family', 'release', 'function', 'module', 'path', 'package', 'app'] as const).map(
    (name) => [name, name] as const,
  ),
]);
const AS_PATH = new Set<string>(['path', 'package', 'release']);
const IN_ANY_CASE = new Set<string>(['message', 'value', 'level']);
const LISTED = new Set<string>(['family', 'sdk']);
const MAX_VALUES = 50;
const WHAT = 'fingerprint rules';

/**
 * Reads fingerprint rules, one a line: `error.type:ConnError message:"*refused*" -> conn, {{ transaction }} title="No connection"`.
 * Matchers hold globs, `!` before one turns it round; behind the arrow stand the values of the fingerprint, with commas between them.
 * `#` begins a comment.
 * @throws HeedError `bad_rules` naming the line
 */
export function parseFingerprintRules(text: string): FingerprintRule[] {
  return ruleLines(WHAT, text).map(parseRule);
}

/** Writes a rule so that it is read back the same. */
export function writeFingerprintRule({ matchers, fingerprint, title }: Pick<FingerprintRule, 'matchers' | 'fingerprint' | 'title'>): string {
  const values = fingerprint.map((value) => (/^(?:[\w.:/-]+|\{\{ [\w.]+ \}\})$/.test(value) ? value : quote(value)));
  const ending = title === undefined ? '' : ` title=${quote(title)}`;
  return `${matchers.map(({ written }) => writeMatcher(written)).join(' ')} -> ${values.join(', ')}${ending}`;
}

function parseRule(cursor: RuleCursor): FingerprintRule {
  const matchers: FingerprintMatcher[] = [];
  for (let written = cursor.matcher(); written; written = cursor.matcher()) matchers.push(compileMatcher(cursor, written));
  if (matchers.length === 0) cursor.fail(`a matcher such as error.type:Name or message:"*text*" must stand before '${cursor.rest}'`);
  if (!cursor.take('->')) cursor.fail(`'->' and a fingerprint must follow the matchers, not '${cursor.rest}'`);
  const fingerprint: string[] = [];
  let title: string | undefined;
  while (!cursor.done) {
    const attribute = cursor.match(/([\w.-]+)=(?=")/y);
    if (attribute) {
      if (attribute[1] !== 'title') cursor.fail(`there is no attribute '${attribute[1]}', only title`);
      title = cursor.quoted() ?? cursor.fail('the quotes of the title are not closed');
    } else fingerprint.push(parseValue(cursor));
    cursor.take(',');
  }
  if (fingerprint.length === 0) cursor.fail("a fingerprint must follow '->', such as a name or {{ default }}");
  if (fingerprint.length > MAX_VALUES) cursor.fail(`a fingerprint has more than ${MAX_VALUES} values`);
  const rule = { matchers, fingerprint, title };
  return { ...rule, text: writeFingerprintRule(rule) };
}

function parseValue(cursor: RuleCursor): string {
  const value = cursor.quoted() ?? cursor.match(/\{\{\s*[^\s{}]+\s*\}\}/y)?.[0] ?? cursor.match(/[^\s{,"]+/y)?.[0];
  if (value === undefined) cursor.fail(`'${cursor.rest}' is no value of a fingerprint; put it in quotes`);
  return isDefault(value) ? DEFAULT : value;
}

function compileMatcher(cursor: RuleCursor, written: WrittenMatcher): FingerprintMatcher {
  const tag = written.key.startsWith('tags.') ? written.key.slice(5) : undefined;
  const field = tag === undefined ? FIELDS.get(written.key) : 'tag';
  if (!field) cursor.fail(`there is no matcher '${written.key}'; there are tags.NAME, ${[...FIELDS.keys()].slice(0, 13).join(', ')}`);
  if (field === 'app') {
    const app = readBoolean(written.argument);
    if (app === undefined) cursor.fail(`app is yes or no, not '${written.argument}'`);
    return { field, written, matches: (value) => value === String(app) };
  }
  if (LISTED.has(field)) {
    const listed = new Set(written.argument.split(','));
    return { field, written, matches: (value) => listed.has('all') || listed.has(value) };
  }
  const matches = compileRuleGlob(written.argument, { path: AS_PATH.has(field), ignoreCase: AS_PATH.has(field) || IN_ANY_CASE.has(field) });
  if (!matches) cursor.fail(`the pattern of ${written.key} is too large`);
  return { field, tag, written, matches };
}
