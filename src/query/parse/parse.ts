import { HeedError } from '../../core/errors.ts';
import type { CallExpression, Expression, LiteralExpression, NamedArgument, TemplateExpression } from './expression.ts';

/** Calls inside calls beyond this are refused. */
export const MAX_DEPTH = 100;
/** Longest target, in UTF-16 units. */
const MAX_LENGTH = 100_000;

const SPACE = /\s*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=\s*(?:[,)]|$))/y;
const KEYWORD = /(?:true|false|none|inf)(?=\s*(?:[,)]|$))/iy;
/** Backslashes stay in strings; a regular expression among the arguments needs them. */
const STRING = /'(?:[^'\\\n\r]|\\[^])*'|"(?:[^"\\\n\r]|\\[^])*"/y;
/** One stretch of a path's element: characters that mean nothing else, or an escaped one. */
const WORD = /(?:[^\s(){},.'"\\|\p{Cc}]|\\[(){},.'"\\|=*?[\]])+/uy;
const KEYWORDS: Record<string, boolean | number | null> = { true: true, false: false, none: null, inf: Infinity };

export interface ParsedTarget {
  expression: Expression;
  /** Where reading stopped; less than the text's length when something was left over. */
  end: number;
  /** What is wrong there, if anything was left over. */
  problem: string;
}

/**
 * Reads a target in Graphite's grammar, in linear time: paths with globs and braces, calls with positional and named
 * arguments, literals, pipes (`a|scale(2)`), `template(...)`. Like graphite-web it does not ask for the end of the text:
 * what follows the first whole expression is left over.
 * @throws HeedError `bad_target` when not even a path is there, `too_deep` beyond MAX_DEPTH nested calls
 */
export function parseTarget(text: string): ParsedTarget {
  if (text.length > MAX_LENGTH) throw new HeedError('bad_target', `cannot read target: it is longer than ${MAX_LENGTH} characters`);
  const parser = new Parser(text);
  const expression = parser.expression(0);
  if (!expression) throw new HeedError('bad_target', describe(text, parser.problemAt, parser.problem));
  parser.skipSpace();
  const complete = parser.at === text.length;
  return { expression, end: parser.at, problem: complete ? '' : describe(text, Math.max(parser.problemAt, parser.at), parser.problem) };
}

/**
 * The same, but what is left over is an error, with its position: for people who are writing a target just now.
 * @throws HeedError `bad_target`, `too_deep`
 */
export function parseWholeTarget(text: string): Expression {
  const { expression, problem } = parseTarget(text);
  if (problem !== '') throw new HeedError('bad_target', problem);
  return expression;
}

function describe(text: string, at: number, problem: string): string {
  const found = at >= text.length ? 'the end' : `'${text.slice(at, at + 20)}'`;
  return `cannot read target '${text.slice(0, 200)}': at character ${at + 1}, before ${found}: ${problem || 'this is left over'}`;
}

/** Walks over one text. Each method reads what it is named after at `at`, or leaves `at` where it was and answers undefined. */
class Parser {
  at = 0;
  /** The furthest place where reading could not go on, and what would have been needed. */
  problemAt = -1;
  problem = '';
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  expression(depth: number): Expression | undefined {
    this.skipSpace();
    let expression: Expression | undefined = this.#template(depth) ?? this.#call(depth) ?? this.#path();
    if (!expression) {
      this.#expected('a series, a glob or a function is expected');
      return undefined;
    }
    for (let pipes = 1; ; pipes++) {
      const before = this.at;
      if (!this.#take('|')) break;
      this.skipSpace();
      const call = this.#call(depth + pipes);
      if (!call) {
        this.#expected('a function call is expected after |');
        this.at = before;
        break;
      }
      call.args.unshift(expression);
      expression = call;
    }
    return expression;
  }

  skipSpace(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found[0];
  }

  #take(character: string): boolean {
    const before = this.at;
    this.skipSpace();
    if (this.#text[this.at] === character) {
      this.at++;
      return true;
    }
    this.at = before;
    return false;
  }

  #expected(what: string): void {
    if (this.at <= this.problemAt) return;
    this.problemAt = this.at;
    this.problem = what;
  }

  #call(depth: number): CallExpression | undefined {
    const start = this.at;
    const name = this.#match(NAME);
    // A template that could not be read is no call either: trying both ways would cost twice a level.
    if (name === undefined || name === 'template' || !this.#take('(')) return this.#back(start);
    if (depth >= MAX_DEPTH) throw new HeedError('too_deep', `cannot read target: functions are nested more than ${MAX_DEPTH} deep`);
    const args: Expression[] = [];
    const named: NamedArgument[] = [];
    if (!this.#take(')')) {
      do {
        const byName = this.#namedArgument(depth);
        const argument = byName ?? (named.length === 0 ? this.#argument(depth) : undefined);
        if (!argument) {
          this.#expected(named.length === 0 ? 'an argument is expected' : 'after a named argument all others need names');
          return this.#back(start);
        }
        if (byName) named.push(byName);
        else args.push(argument as Expression);
      } while (this.#take(','));
      if (!this.#take(')')) {
        this.skipSpace();
        this.#expected(`a comma or ) is expected in ${name}()`);
        return this.#back(start);
      }
    }
    return { kind: 'call', name, args, named, text: this.#text.slice(start, this.at), at: start };
  }

  #namedArgument(depth: number): NamedArgument | undefined {
    const start = this.at;
    const name = this.#argumentName();
    if (name === undefined) return undefined;
    const value = this.#argument(depth);
    return value ? { name, value } : this.#back(start);
  }

  /** `name=` */
  #argumentName(): string | undefined {
    const start = this.at;
    this.skipSpace();
    const name = this.#match(NAME);
    return name !== undefined && this.#take('=') ? name : this.#back(start);
  }

  #argument(depth: number): Expression | undefined {
    this.skipSpace();
    return this.#literal() ?? this.expression(depth + 1);
  }

  #literal(): LiteralExpression | undefined {
    const at = this.at;
    const number = this.#match(NUMBER);
    if (number !== undefined) return { kind: 'literal', value: Number(number), text: number, at };
    const keyword = this.#match(KEYWORD);
    if (keyword !== undefined) return { kind: 'literal', value: KEYWORDS[keyword.toLowerCase()], text: keyword, at };
    const string = this.#match(STRING);
    if (string !== undefined) return { kind: 'literal', value: string.slice(1, -1), text: string, at };
    const quote = this.#text[at];
    if (quote === "'" || quote === '"') this.#expected(`the string has no closing ${quote}`);
    return undefined;
  }

  #template(depth: number): TemplateExpression | undefined {
    const start = this.at;
    if (this.#match(NAME) !== 'template' || !this.#take('(')) return this.#back(start);
    if (depth >= MAX_DEPTH) throw new HeedError('too_deep', `cannot read target: templates are nested more than ${MAX_DEPTH} deep`);
    const body = this.expression(depth + 1);
    if (!body) return this.#back(start);
    const variables: TemplateExpression['variables'] = [];
    while (this.#take(',')) {
      const name = this.#argumentName() ?? String(variables.length + 1);
      this.skipSpace();
      const value = this.#literal();
      if (!value) {
        this.#expected('a number or a quoted string is expected');
        return this.#back(start);
      }
      variables.push({ name, value });
    }
    if (!this.#take(')')) {
      this.#expected('a comma or ) is expected in template()');
      return this.#back(start);
    }
    return { kind: 'template', body, variables, at: start };
  }

  #path(): Expression | undefined {
    const start = this.at;
    for (;;) {
      const before = this.at;
      while (this.#match(WORD) !== undefined || this.#braces());
      if (this.at === before) {
        // An empty element ends the path before its dot: `a..b` reads as `a`.
        if (before > start) this.at = before - 1;
        break;
      }
      if (this.#text[this.at] !== '.') break;
      this.at++;
    }
    if (this.at === start) return undefined;
    return { kind: 'path', text: this.#text.slice(start, this.at), at: start };
  }

  /** `{a,b}`, nested ones and dots inside too; the text stays as it is. */
  #braces(): boolean {
    const start = this.at;
    let open = 0;
    do {
      const character = this.#text[this.at];
      if (character === '{') open++;
      else if (character === '}') open--;
      if (open > 0 || character === '}') {
        if (character === '{' || character === '}' || character === ',' || character === '.') this.at++;
        else if (this.#match(WORD) === undefined) break;
      }
    } while (open > 0);
    if (open === 0) return this.at > start;
    this.#expected('a name, a comma or } is expected');
    this.at = start;
    return false;
  }

  #back(start: number): undefined {
    this.at = start;
    return undefined;
  }
}
