import { join } from 'node:path';
import type { PointsPolicy, RetentionRule } from '../../../core/policy.ts';
import { formatRetention, parseRetention, type Tier } from '../../../core/retention.ts';
import { readChecked, writeChecked } from './checked-json.ts';

/** How long and how finely: the tiers of one or more retention rules. Its number stands in block files' names. */
export interface Layout {
  tiers: Tier[];
  adaptive: boolean;
}

/** What carbon does with a series that no rule matches: a minute's precision for a week. */
const FALLBACK: Layout = { tiers: parseRetention('60s:7d'), adaptive: false };
/** Bits that the index keeps for a series' layout. */
const MAX_LAYOUTS = 255;

/** All layouts that the folder has known, by number, and which of today's rules leads to which. */
export class Layouts {
  readonly all: Layout[];
  /** Rules have changed since the folder was made, so a series' older points may lie in blocks of another layout. */
  readonly mixed: boolean;
  /** Tells today's rules from others, for what the index keeps per series. */
  readonly key: string;
  readonly #rules: { pattern: RegExp; layout: number }[];
  readonly #fallback: number;

  /** Reads what the folder knows, adds what the policy brings, and writes it back when it changed. */
  constructor(folder: string, policy: PointsPolicy, hasBlocks: boolean, damaged: (file: string, what: string) => void) {
    let hurt = false;
    const kept = readKept(folder, (file, what) => {
      hurt = true;
      damaged(file, what);
    });
    this.all = kept ? kept.layouts.map(parseLayout) : [];
    const numberOf = (layout: Layout): number => {
      const text = formatLayout(layout);
      const known = this.all.findIndex((other) => formatLayout(other) === text);
      if (known >= 0 || this.all.length >= MAX_LAYOUTS) return Math.max(known, 0);
      return this.all.push(layout) - 1;
    };
    this.#rules = policy.retention.map((rule) => ({ pattern: stateless(rule.pattern), layout: numberOf(rule) }));
    this.#fallback = everythingMatches(policy.retention.at(-1)) ? (this.#rules.at(-1)?.layout ?? 0) : numberOf(FALLBACK);
    const rules = policy.retention.map((rule) => `${String(rule.pattern)} ${formatLayout(rule)}`);
    const next: Kept = { layouts: this.all.map(formatLayout), rules, mixed: false };
    this.key = JSON.stringify([next.layouts, rules]);
    this.mixed = kept ? kept.mixed || JSON.stringify(kept.rules) !== JSON.stringify(rules) : hasBlocks;
    next.mixed = this.mixed;
    if (hurt || JSON.stringify(next) !== JSON.stringify(kept)) writeKept(folder, next);
  }

  /** Number of the layout for a name: the first rule that matches decides. */
  classify = (name: string): number => {
    for (const rule of this.#rules) if (rule.pattern.test(name)) return rule.layout;
    return this.#fallback;
  };
}

/** Without the flags by which a pattern remembers where it was. */
const stateless = ({ source, flags }: RegExp): RegExp => new RegExp(source, flags.replaceAll(/[gy]/g, ''));

function everythingMatches(rule: RetentionRule | undefined): boolean {
  return rule !== undefined && ['(?:)', '.*', '^.*', ''].includes(rule.pattern.source);
}

const formatLayout = ({ tiers, adaptive }: Layout): string => `${adaptive ? 'adaptive ' : ''}${formatRetention(tiers)}`;

function parseLayout(text: string): Layout {
  const adaptive = text.startsWith('adaptive ');
  return { tiers: parseRetention(adaptive ? text.slice(9) : text), adaptive };
}

interface Kept {
  layouts: string[];
  /** The rules as they were, to see a change. */
  rules: string[];
  mixed: boolean;
}

const COPIES = ['layouts.json', 'layouts.copy.json'];

function readKept(folder: string, damaged: (file: string, what: string) => void): Kept | undefined {
  for (const name of COPIES) {
    const { value, problem } = readChecked<Kept>(join(folder, name));
    if (value) return value;
    if (problem) damaged(join(folder, name), `${problem}; the other copy is read`);
  }
  return undefined;
}

/** The files and what is wrong with each, for `heed verify`. */
export function checkLayouts(folder: string): [file: string, problem: string][] {
  return COPIES.map((name) => [name, readChecked(join(folder, name)).problem]);
}

function writeKept(folder: string, kept: Kept): void {
  for (const name of COPIES) writeChecked(join(folder, name), kept);
}
