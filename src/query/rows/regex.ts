import type { EvalContext } from '../../core/define.ts';
import { compileRegex, type Regex } from '../../core/regex/regex.ts';

/** A user's regex: linear in the text, and bounded over all texts of a call. */
export function userRegex(source: string, { regexSteps }: EvalContext): Regex {
  return compileRegex(source, { maxSteps: regexSteps });
}

const BACKREFERENCE = /\\(?:g<(\w+)>|(\d{1,2})|([nrt\\]))/g;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

/** Replaces every match as Python's `re.sub` does: `\1`, `\g<1>` and `\g<name>` stand for groups. */
export function replaceAll(regex: Regex, text: string, replacement: string): string {
  let result = '';
  let done = 0;
  for (let at = 0; at <= text.length;) {
    const match = regex.exec(text, at);
    if (!match) break;
    const { start, end, groups } = match;
    const filled = replacement.replaceAll(BACKREFERENCE, (_, name?: string, number?: string, escape?: string) => {
      if (escape !== undefined) return ESCAPES[escape];
      const group = number ?? name ?? '';
      return groups[/^\d+$/.test(group) ? Number(group) : (regex.names.get(group) ?? -1)] ?? '';
    });
    result += text.slice(done, start) + filled;
    done = end;
    at = end > start ? end : end + 1;
  }
  return result + text.slice(done);
}
