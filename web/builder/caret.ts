/** Where the caret stands in an expression that is being written. */
export interface Caret {
  /** The name or path before the caret, and where it begins; empty inside a text. */
  word: string;
  start: number;
  /** It stands inside of quotes. */
  inText: boolean;
  /** The innermost call that is open there. */
  call?: {
    name: string;
    /** Position of the argument that is written. */
    argument: number;
    /** Its name, where it is given one. */
    keyword: string;
  };
}

const WORD = /[\w.*\-%$:;=~?[\]{}]/;

/** Looks at the text before the caret. Linear; never throws, as what is being written is seldom whole. */
export function caretIn(text: string, caret: number): Caret {
  const open: { name: string; argument: number; from: number }[] = [];
  let quote = '';
  let braces = 0;
  let word = 0;
  for (let i = 0; i < caret; i++) {
    const character = text[i];
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
      word = i + 1;
    } else if (character === "'" || character === '"') {
      quote = character;
      word = i + 1;
    } else if (character === '(') {
      open.push({ name: text.slice(word, i).trim(), argument: 0, from: i + 1 });
      word = i + 1;
    } else if (character === ')') {
      open.pop();
      word = i + 1;
    } else if (character === ',' && braces === 0) {
      const call = open.at(-1);
      if (call) {
        call.argument++;
        call.from = i + 1;
      }
      word = i + 1;
    } else if (character === '|') {
      // The series that is piped in is the first argument.
      word = i + 1;
    } else {
      if (character === '{') braces++;
      else if (character === '}') braces = Math.max(0, braces - 1);
      if (!WORD.test(character) && character !== ',') word = i + 1;
    }
  }
  const inText = quote !== '';
  const start = inText ? caret : Math.min(word, caret);
  const call = open.at(-1);
  const given = call ? text.slice(call.from, caret).trimStart() : '';
  const keyword = /^([A-Za-z_]\w*)\s*=/.exec(given)?.[1] ?? '';
  return {
    word: text.slice(start, caret),
    start,
    inText,
    ...(call && call.name !== '' && { call: { name: call.name, argument: call.argument + (isPiped(text, call.from, call.name) ? 1 : 0), keyword } }),
  };
}

/** Whether what is written so far has no bracket and no quote open. */
export function isWhole(text: string): boolean {
  const { call, inText } = caretIn(text, text.length);
  return !call && !inText;
}

function isPiped(text: string, from: number, name: string): boolean {
  const at = text.lastIndexOf(`${name}(`, from);
  return at > 0 && /\|\s*$/.test(text.slice(0, at));
}
