import { FILTERED, type Range } from './range.ts';

/** Characters of an IBAN by country, as in SWIFT's registry. */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 ' +
    'GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Adds where IBANs stand whose check digits are right, in one piece or in groups with one blank or hyphen between. */
export function findIbans(text: string, found: Range[]): void {
  for (let at = 0; at < text.length - 14; at++) {
    if (!isCapital(text.charCodeAt(at))) continue;
    const end = ibanEnd(text, at);
    if (end > at) found.push({ start: at, end, text: FILTERED });
    at = Math.max(at, end - 1);
    // Only where a word begins does an IBAN begin.
    while (isWordCode(text.charCodeAt(at + 1))) at++;
  }
}

/** Behind the IBAN that begins here, or -1. */
function ibanEnd(text: string, start: number): number {
  if (!isCapital(text.charCodeAt(start + 1)) || !isDigit(text.charCodeAt(start + 2)) || !isDigit(text.charCodeAt(start + 3))) return -1;
  if (start > 0 && isWordCode(text.charCodeAt(start - 1))) return -1;
  const length = LENGTHS.get(text.slice(start, start + 2));
  if (length === undefined) return -1;
  let iban = '';
  let at = start;
  for (; iban.length < length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || isCapital(code)) iban += text[at];
    else if ((code !== 0x20 && code !== 0x2d) || !isWordCode(text.charCodeAt(at - 1))) return -1;
  }
  return !isWordCode(text.charCodeAt(at)) && isRight(iban) ? at : -1;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isWordCode = (code: number): boolean => isDigit(code) || isCapital(code) || (code >= 0x61 && code <= 0x7a);

/** ISO 7064 with the first four characters at the end. */
function isRight(iban: string): boolean {
  let rest = 0;
  for (let i = 0; i < iban.length; i++) {
    const code = iban.charCodeAt((i + 4) % iban.length);
    rest = isDigit(code) ? (rest * 10 + code - 0x30) % 97 : (rest * 100 + code - 0x37) % 97;
  }
  return rest === 1;
}
