/** What may stand around a name in C++, Rust, Swift and Objective-C; longer ones are names of generated code and left alone. */
const MAX_LENGTH = 4096;
const OPERATORS: readonly [RegExp, string][] = [
  [/operator<</g, 'operator\u27e8\u27e8'],
  [/operator</g, 'operator\u27e8'],
  [/operator\(\)/g, 'operator\u25ef'],
  [/operator->/g, 'operator\u27ff'],
  [/ -> /g, ' \u27ff '],
];

/**
 * The name of a compiled function without its arguments, types and the compiler's marks: `int shop::total<int>(Cart const&) const` is
 * `shop::total<T>`. Compilers and their versions write all but the name differently.
 */
export function trimNativeFunction(written: string): string {
  const text = written.trim();
  if (text === '<redacted>' || text === '<unknown>' || /^[+-]?\[/.test(text) || text.length > MAX_LENGTH) return text;
  // Operators have brackets in their names, which must not be balanced.
  let name = OPERATORS.reduce((name, [pattern, mark]) => name.replace(pattern, mark), text.replaceAll(/\[clone [.\w]+\]/g, ''));
  name = name.replaceAll(/\{lambda\([^()]*\)#\d+\}|\blambda_[a-f0-9]{32}\b|\$_\d+\b/g, 'lambda');
  name = withoutTrailers(replaceBracketed(name, '(', ')', (inner) => (/^(?:anonymous namespace|operator)$/.test(inner.trim()) ? `(${inner.trim()})` : '')));
  name = replaceBracketed(name, '<', '>', genericOf);
  const words = splitOutsideBrackets(name);
  const arrow = words.lastIndexOf('\u27ff');
  const word = arrow > 0 ? (words[arrow - 1] === 'throws' ? words[arrow - 2] : words[arrow - 1]) : words.at(-1);
  const found = word?.replaceAll('\u27e8', '<').replaceAll('\u25ef', '()').replaceAll('\u27ff', '->') || text;
  return found
    .replace(/::h[a-z0-9]{16}$/, '')
    .replace(/@@?GLIBC_[\d.]+$/, '')
    .replace(/^@?([^@]*)@\d+$/, '$1');
}

function withoutTrailers(name: string): string {
  let rest = name.trimEnd();
  for (let next = rest.replace(/(?:\bconst|&)$/, ''); next !== rest; next = rest.replace(/(?:\bconst|&)$/, '')) rest = next.trimEnd();
  return rest;
}

/** Rust writes what implements a trait at the beginning: `<Cart as Total>::sum`; elsewhere they are type arguments. */
function genericOf(inner: string, start: number): string {
  if (inner === 'lambda') return '<lambda>';
  if (start > 0) return '<T>';
  return replaceBracketed(inner.replace(/^[A-Z] as /, ''), '<', '>', genericOf).split(' as ')[0];
}

/** Replaces outermost pairs of brackets with what `replace` makes of their inside and place. */
function replaceBracketed(text: string, open: string, close: string, replace: (inner: string, start: number) => string): string {
  if (!text.includes(open)) return text;
  let result = '';
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === open) {
      if (depth === 0) start = i;
      depth++;
    } else if (text[i] === close && depth > 0) {
      depth--;
      if (depth === 0) result += replace(text.slice(start + 1, i), start);
    } else if (depth === 0) result += text[i];
  }
  return result;
}

function splitOutsideBrackets(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  for (const char of text) {
    if ('({[<'.includes(char)) depth++;
    else if (')}]>'.includes(char)) depth = Math.max(0, depth - 1);
    if (depth === 0 && /\s/.test(char)) {
      if (word !== '') words.push(word);
      word = '';
    } else word += char;
  }
  if (word !== '') words.push(word);
  return words;
}
