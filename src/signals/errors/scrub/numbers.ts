import { FILTERED, type Range } from './range.ts';

/** Digits of a card, by its first ones: Visa, Mastercard, American Express, Diners, JCB, Discover, Maestro's German cousin left out. */
const CARDS: [start: RegExp, lengths: number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[68])/, [14]],
  [/^35/, [16]],
  [/^6(?:011|5|4[4-9])/, [16, 17, 18, 19]],
];
const MOST_DIGITS = 19;

/** Digits in groups of three or more, with one blank or hyphen between; a run without is one group. */
const GROUP = /\d+/g;
const SSN = /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\d-])/g;

/** Adds where card numbers stand that pass Luhn's check, however they are grouped. */
export function findCards(text: string, found: Range[]): void {
  const groups = [...text.matchAll(GROUP)].map((group) => ({ start: group.index, end: group.index + group[0].length }));
  for (let i = 0; i < groups.length; i++) {
    let digits = '';
    for (let j = i; j < groups.length; j++) {
      const { start, end } = groups[j];
      const isJoined = j === i || (start - groups[j - 1].end === 1 && /[ -]/.test(text[start - 1]));
      if (!isJoined || end - start > MOST_DIGITS || digits.length + end - start > MOST_DIGITS || (j > i && end - start < 3)) break;
      digits += text.slice(start, end);
      if (isCard(digits)) {
        found.push({ start: groups[i].start, end, text: FILTERED });
        i = j;
        break;
      }
    }
  }
}

/** True for the digits of a card number. */
export function isCard(digits: string): boolean {
  return digits.length >= 13 && CARDS.some(([start, lengths]) => start.test(digits) && lengths.includes(digits.length)) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** Adds where US social security numbers stand. */
export function findSsns(text: string, found: Range[]): void {
  for (const match of text.matchAll(SSN)) found.push({ start: match.index, end: match.index + match[0].length, text: FILTERED });
}
