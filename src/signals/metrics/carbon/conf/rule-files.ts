import { causeOf } from '../../../../core/errors.ts';
import { AGGREGATES, type Aggregate, type AggregationLine, type RewriteRule } from '../rules.ts';
import { compile, readPattern, translatePattern } from './pattern.ts';

interface Lines<Rule> {
  rules: Rule[];
  warnings: string[];
}

/** Reads every line but comments; one that is wrong is left out, with a warning that names it. */
function readLines<Rule>(text: string, read: (line: string) => Rule | undefined): Lines<Rule> {
  const rules: Rule[] = [];
  const warnings: string[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    try {
      const rule = read(line);
      if (rule !== undefined) rules.push(rule);
    } catch (error) {
      warnings.push(`line ${index + 1} is skipped: ${causeOf(error)}`);
    }
  }
  return { rules, warnings };
}

/** Reads whitelist.conf or blacklist.conf: one expression a line, searched in names. */
export function readList(text: string): Lines<RegExp> {
  return readLines(text, (line) => readPattern(line));
}

/** Reads rewrite-rules.conf: `expression = replacement` below [pre] and [post]. */
export function readRewriteRules(text: string): { pre: RewriteRule[]; post: RewriteRule[]; warnings: string[] } {
  const sections: Record<string, RewriteRule[]> = { pre: [], post: [] };
  let section = '';
  const { warnings } = readLines(text, (line) => {
    const header = /^\[(.*)\]$/.exec(line);
    if (header) {
      section = header[1].trim().toLowerCase();
      if (!Object.hasOwn(sections, section)) throw new Error(`there is no section [${section}], only [pre] and [post]`);
      return;
    }
    if (!Object.hasOwn(sections, section)) throw new Error('it stands below neither [pre] nor [post]');
    const equals = line.indexOf('=');
    if (equals < 0) throw new Error(`'${line}' is not expression = replacement`);
    const pattern = readPattern(line.slice(0, equals).trim(), 'g');
    sections[section].push({ pattern, replacement: translateReplacement(line.slice(equals + 1).trim(), pattern) });
  });
  return { pre: sections.pre, post: sections.post, warnings };
}

/** Python's `\1`, `\g<1>` and `\g<name>` as String.replace writes them. */
function translateReplacement(text: string, pattern: RegExp): string {
  const groups = groupsOf(pattern);
  return text.replaceAll('$', '$$$$').replace(/\\(?:(\d{1,2})|g<(\w+)>|([^]))/g, (_, digits?: string, group?: string, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    const reference = digits ?? group ?? '';
    if (/^\d+$/.test(reference)) {
      const number = Number(reference);
      if (number >= groups.count) throw new Error(`'${text}' refers to group ${number}, which the expression has not`);
      return number === 0 ? '$&' : `$${String(number).padStart(2, '0')}`;
    }
    if (!groups.names.includes(reference)) throw new Error(`'${text}' refers to group '${reference}', which the expression has not`);
    return `$<${reference}>`;
  });
}

/** The groups of an expression, found by letting it match nothing. */
function groupsOf({ source, flags }: RegExp): { count: number; names: string[] } {
  const found = ''.match(new RegExp(`${source}|`, flags.replace('g', '')));
  return { count: found?.length ?? 0, names: Object.keys(found?.groups ?? {}) };
}

/** Reads aggregation-rules.conf: `output (seconds) = method input`, where `<x>` is one node, `<<x>>` many and `*` anything in a node. */
export function readAggregationRules(text: string): Lines<AggregationLine> {
  return readLines(text, (line) => {
    const found = /^(\S+)\s+\(?(\d+)\)?\s*=\s*(\S+)\s+(\S+)$/.exec(line);
    if (!found) throw new Error(`'${line}' is not output (seconds) = method input`);
    const [, output, seconds, method, input] = found;
    if (!AGGREGATES.includes(method as Aggregate)) throw new Error(`there is no method '${method}', only ${AGGREGATES.join(', ')}`);
    if (Number(seconds) === 0) throw new Error('0 seconds is no interval');
    const pattern = inputPattern(input);
    return { pattern, output: outputTemplate(output, pattern), every: Number(seconds) * 1000, method: method as Aggregate };
  });
}

function inputPattern(input: string): RegExp {
  const source = input
    .split('.')
    .map((node) =>
      node === '*'
        ? '[^.]+'
        : node
            .replaceAll('*', '[^.]*')
            .replace(/<<(\w+)>>/g, '(?P<$1>.+?)')
            .replace(/(?<!\(\?P)<(\w+)>/g, '(?P<$1>[^.]+?)'),
    )
    .join('\\.');
  const { source: translated, flags } = translatePattern(source);
  return compile(input, { source: `^(?:${translated})$`, flags });
}

function outputTemplate(output: string, pattern: RegExp): string {
  const { names } = groupsOf(pattern);
  return output.replaceAll('$', '$$$$').replace(/<+(\w+)>+/g, (_, name: string) => {
    if (!names.includes(name)) throw new Error(`the output's <${name}> is not in the input`);
    return `$<${name}>`;
  });
}
