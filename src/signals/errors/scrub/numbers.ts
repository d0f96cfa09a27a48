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
/** Digits of each group but the first. */
const LEAST_GROUP = 3;

const SSN = /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\d-])/g;

/** Adds where card numbers stand that pass Luhn's check, in one piece or in groups with one blank or hyphen between. */
export function findCards(text: string, found: Range[]): void {
  for (let at = 0; at < text.length; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    const end = cardEnd(text, at);
    if (end > at) found.push({ start: at, end, text: FILTERED });
    // Only where a group begins does a number begin.
    at = Math.max(at, end - 1);
    while (isDigit(text.charCodeAt(at + 1))) at++;
  }
}

/** Behind the card number that begins here, or -1. */
function cardEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  // 2 to 6
  if (first < 0x32 || first > 0x36) return -1;
  let digits = '';
  for (let at = start; ; at++) {
    let end = at;
    while (end - at <= MOST_DIGITS && isDigit(text.charCodeAt(end))) end++;
    if (digits.length + end - at > MOST_DIGITS || (at > start && end - at < LEAST_GROUP)) return -1;
    digits += text.slice(at, end);
    if (isCard(digits)) return end;
    at = end;
    if (text.charCodeAt(at) !== 0x20 && text.charCodeAt(at) !== 0x2d) return -1;
  }
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

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
