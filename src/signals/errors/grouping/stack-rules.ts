import { compileRuleGlob } from './rule-glob.ts';
import { ruleLines, writeMatcher, type RuleCursor, type WrittenMatcher } from './rule-text.ts';

/** Which frames an action is for, seen from the matching one: itself, all that it called, or all that led to it. */
export type ActionRange = 'frame' | 'called' | 'callers';

export type StackAction =
  | { type: 'app' | 'group'; on: boolean; range: ActionRange }
  | { type: 'category'; value: string }
  | { type: 'max-frames' | 'min-frames'; value: number };

export type FrameField = 'function' | 'module' | 'path' | 'package' | 'family' | 'app' | 'category';
export type ExceptionField = 'type' | 'value' | 'mechanism';

/** What a matcher looks at: a frame, the frame before or behind it, or the exception. */
export interface StackMatcher {
  field: FrameField | ExceptionField;
  of: 'frame' | 'caller' | 'callee' | 'exception';
  written: WrittenMatcher;
  /** Of everything but `app`, which is compared with `app`. */
  matches: (value: string) => boolean;
  app?: boolean;
}

export interface StackRule {
  matchers: StackMatcher[];
  actions: StackAction[];
  /** As it is written. */
  text: string;
}

const FIELDS = new Map<string, FrameField | ExceptionField>([
  ...(['function', 'module', 'path', 'package', 'family', 'app', 'category', 'type', 'value', 'mechanism'] as const).map((name) => [name, name] as const),
  ['stack.function', 'function'],
  ['stack.module', 'module'],
  ['stack.abs_path', 'path'],
  ['stack.package', 'package'],
  ['error.type', 'type'],
  ['error.value', 'value'],
  ['error.mechanism', 'mechanism'],
]);
const OF_EXCEPTION = new Set<string>(['type', 'value', 'mechanism']);
const MAX_FRAME_LIMIT = 1000;
const WHAT = 'stack rules';

/**
 * Reads stack rules, one a line: `module:java.* -app`, `[ function:main ] | function:log* ^-group`. Matchers are
 * followed by actions: `+app -app +group -group`, with `^` for the frames called from there on, with `v` for those that led there;
 * `max-frames=N`, `min-frames=N`, `category=NAME`. `#` begins a comment. All of a text are applied in order, so later ones win.
 * @throws HeedError `bad_rules` naming the line
 */
export function parseStackRules(text: string): StackRule[] {
  return ruleLines(WHAT, text).map(parseRule);
}

/** Writes a rule so that it is read back the same. */
export function writeStackRule({ matchers, actions }: Pick<StackRule, 'matchers' | 'actions'>): string {
  const written = matchers.map(({ of, written }) => {
    const matcher = writeMatcher(written);
    if (of === 'caller') return `[ ${matcher} ] |`;
    return of === 'callee' ? `| [ ${matcher} ]` : matcher;
  });
  return [...written, ...actions.map(writeAction)].join(' ');
}

function writeAction(action: StackAction): string {
  if (!('on' in action)) return `${action.type}=${action.value}`;
  return `${{ frame: '', called: '^', callers: 'v' }[action.range]}${action.on ? '+' : '-'}${action.type}`;
}

function parseRule(cursor: RuleCursor): StackRule {
  const matchers: StackMatcher[] = [];
  if (cursor.take('[')) {
    matchers.push(bracketed(cursor, 'caller'));
    if (!cursor.take('|')) cursor.fail(`a '|' must follow the ']' of the caller, not '${cursor.rest}'`);
  }
  const before = matchers.length;
  for (let written = cursor.matcher(); written; written = cursor.matcher()) matchers.push(compileMatcher(cursor, written, 'frame'));
  if (matchers.length === before) cursor.fail(`a matcher such as function:name or path:**/folder/** must stand before '${cursor.rest}'`);
  if (cursor.take('|')) {
    if (!cursor.take('[')) cursor.fail(`a '[' must follow the '|', not '${cursor.rest}'`);
    matchers.push(bracketed(cursor, 'callee'));
  }
  const actions: StackAction[] = [];
  while (!cursor.done) actions.push(parseAction(cursor));
  if (actions.length === 0) cursor.fail('no action; end it with -app, +app, -group, +group, max-frames=N, min-frames=N or category=NAME');
  return { matchers, actions, text: writeStackRule({ matchers, actions }) };
}

function bracketed(cursor: RuleCursor, of: 'caller' | 'callee'): StackMatcher {
  const written = cursor.matcher();
  if (!written) cursor.fail(`a matcher must follow the '[', not '${cursor.rest}'`);
  const matcher = compileMatcher(cursor, written, of);
  if (matcher.of === 'exception') cursor.fail(`only frames can stand in brackets, not ${written.key}`);
  if (!cursor.take(']')) cursor.fail(`a ']' with a space before it must follow ${written.key}, not '${cursor.rest}'`);
  return matcher;
}

function parseAction(cursor: RuleCursor): StackAction {
  const flag = cursor.match(/([\^v]?)([+-])(app|group)(?![\w-])/y);
  if (flag) {
    const range = flag[1] === '^' ? 'called' : flag[1] === 'v' ? 'callers' : 'frame';
    return { type: flag[3] as 'app' | 'group', on: flag[2] === '+', range };
  }
  const variable = cursor.match(/(max-frames|min-frames|category)[ \t]*=[ \t]*([\w.-]+)/y);
  if (!variable) cursor.fail(`'${cursor.rest}' is neither a matcher nor an action; write +app, -app, +group or -group`);
  const [, name, value] = variable;
  if (name === 'category') return { type: 'category', value };
  if (!/^\d+$/.test(value) || Number(value) > MAX_FRAME_LIMIT) cursor.fail(`${name} must be a number from 0 to ${MAX_FRAME_LIMIT}, not ${value}`);
  return { type: name as 'max-frames' | 'min-frames', value: Number(value) };
}

function compileMatcher(cursor: RuleCursor, written: WrittenMatcher, of: 'frame' | 'caller' | 'callee'): StackMatcher {
  const field = FIELDS.get(written.key);
  if (!field) cursor.fail(`there is no matcher '${written.key}'; there are ${[...FIELDS.keys()].slice(0, 10).join(', ')}`);
  const base = { field, of: OF_EXCEPTION.has(field) && of === 'frame' ? ('exception' as const) : of, written };
  if (OF_EXCEPTION.has(field) && of !== 'frame') return { ...base, of: 'exception', matches: () => false };
  if (field === 'app') {
    const app = readBoolean(written.argument);
    if (app === undefined) cursor.fail(`app is yes or no, not '${written.argument}'`);
    return { ...base, app, matches: () => false };
  }
  if (field === 'family') {
    const families = new Set(written.argument.split(','));
    return { ...base, matches: (value) => families.has('all') || families.has(value) };
  }
  const matches = compileRuleGlob(written.argument, { path: field === 'path' || field === 'package' });
  if (!matches) cursor.fail(`the pattern of ${written.key} is too large`);
  return { ...base, matches };
}

/** `yes`, `no` and their like, in either case. */
export function readBoolean(text: string): boolean | undefined {
  if (/^(?:1|yes|true)$/i.test(text)) return true;
  return /^(?:0|no|false)$/i.test(text) ? false : undefined;
}
