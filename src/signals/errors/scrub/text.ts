import { findAddresses } from './addresses.ts';
import { findAssignments, type Names } from './assignments.ts';
import { findIbans } from './iban.ts';
import { findCards, findSsns } from './numbers.ts';
import { type Range, replaceRanges } from './range.ts';
import { findPem, findTokens, findUserInfo } from './tokens.ts';

export interface TextRules {
  /** Look for what secrets look like. */
  patterns: boolean;
  /** Replace IP addresses. */
  addresses: boolean;
  /** Look for values by the names before them. */
  names?: Names;
}

/** Shorter than any secret with its name. */
const SHORTEST = 5;

/**
 * The text with secrets replaced by `[Filtered]`. Work grows with its length and no faster: what is searched for stands at signs
 * that are counted first, and no search goes over a place twice.
 */
export function scrubText(text: string, rules: TextRules): string {
  if (text.length < SHORTEST) return text;
  const signs = signsIn(text);
  const found: Range[] = [];
  if (rules.patterns) {
    if (signs.digits >= 9 && signs.dashes >= 2) findSsns(text, found);
    if (signs.digits >= 13) findCards(text, found);
    if (signs.digits >= 2 && text.length >= 15) findIbans(text, found);
    if (signs.dashes >= 5) findPem(text, found);
    if (text.length >= 15) findTokens(text, found);
    if (signs.ats > 0 && signs.colons > 0) findUserInfo(text, found);
  }
  if (rules.names !== undefined && signs.colons + signs.equals + signs.percents > 0) findAssignments(text, rules.names, found);
  if (rules.addresses && (signs.digits > 0 || signs.colons >= 2)) findAddresses(text, found);
  return replaceRanges(text, found);
}

function signsIn(text: string): { digits: number; dashes: number; colons: number; equals: number; percents: number; ats: number } {
  const signs = { digits: 0, dashes: 0, colons: 0, equals: 0, percents: 0, ats: 0 };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) signs.digits++;
    else if (code === 0x2d) signs.dashes++;
    else if (code === 0x3a) signs.colons++;
    else if (code === 0x3d) signs.equals++;
    else if (code === 0x25) signs.percents++;
    else if (code === 0x40) signs.ats++;
  }
  return signs;
}
