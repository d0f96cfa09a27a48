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

const START = /(?<![A-Za-z0-9])([A-Z]{2})\d{2}/g;

/** Adds where IBANs stand whose check digits are right, in one piece or in groups. */
export function findIbans(text: string, found: Range[]): void {
  for (const match of text.matchAll(START)) {
    const length = LENGTHS.get(match[1]);
    if (length === undefined) continue;
    let iban = '';
    let at = match.index;
    for (; at < text.length && iban.length < length; at++) {
      if (/[A-Z0-9]/.test(text[at])) iban += text[at];
      else if (!/[ -]/.test(text[at]) || !/[A-Z0-9]/.test(text[at - 1])) break;
    }
    if (iban.length === length && !/[A-Za-z0-9]/.test(text[at] ?? '') && isRight(iban)) found.push({ start: match.index, end: at, text: FILTERED });
  }
}

/** ISO 7064 with the first four characters at the end. */
function isRight(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
