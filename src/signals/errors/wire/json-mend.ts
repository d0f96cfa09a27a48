/** JSON's numbers, and the words that Python writes among them. */
const WORD = /-?(?:NaN|Infinity|\d+(?:\.\d+)?(?:[eE][-+]?\d{1,4})?)/y;

/** Puts quotes around integers that no double holds, and around NaN and Infinity; strings stay as they are. */
export function mendJson(text: string): string {
  let mended = '';
  let kept = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++;
      continue;
    }
    if (!startsWord(code)) continue;
    WORD.lastIndex = i;
    const word = WORD.exec(text)?.[0];
    if (word === undefined) continue;
    if (!isExact(word)) {
      mended += `${text.slice(kept, i)}"${word}"`;
      kept = i + word.length;
    }
    i += word.length - 1;
  }
  return kept === 0 ? text : mended + text.slice(kept);
}

/** A digit, a minus, `N` or `I`. */
const startsWord = (code: number): boolean => (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x4e || code === 0x49;

function isExact(word: string): boolean {
  if (/[NI]/.test(word)) return false;
  return /[.eE]/.test(word) || Number.isSafeInteger(Number(word));
}
