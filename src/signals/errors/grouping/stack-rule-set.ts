import { Recent } from '../../../core/recent.ts';
import type { Family } from './platform.ts';
import { BASE_STACK_RULES } from './base-stack-rules.ts';
import { parseStackRules, type StackAction, type StackMatcher, type StackRule } from './stack-rules.ts';

/** What rules see of a frame; its function is trimmed, `<unknown>` if it has none. */
export interface RuleFrame {
  function: string;
  module?: string;
  /** The absolute path, or else the file's name. */
  path?: string;
  package?: string;
  family: Family;
  category?: string;
}

/** What rules see of the exception a stack trace belongs to. */
export interface RuleException {
  type?: string | null;
  value?: string;
  mechanism?: string;
}

/** What rules made of the frames of a stack. */
export interface Classified {
  inApp: boolean[];
  categories: (string | undefined)[];
  /** The rule that last said whether a frame is in the app. */
  because: (StackRule | undefined)[];
  /** What rules match of each frame wherever it stands; asked again when it is decided what counts. */
  profiles: readonly Profile[];
}

/** A rule that matched a frame. */
export interface RuleHit {
  rule: StackRule;
  frame: number;
}

/** Frames whose matches are remembered, twice as many at most; stacks of one program are made of the same thousands of frames. */
const MAX_PROFILES = 16_000;
const MAX_PROFILE_KEY = 1000;
const MAX_COMPILED = 32;

/** Rules of a pass that a frame of a family can match, with the matchers that are left to be asked. */
interface OfFamily {
  passes: readonly [{ number: number; ofFrame: StackMatcher[] }[], { number: number; ofFrame: StackMatcher[] }[]];
  neighbours: StackMatcher[];
}

/** A rule with its matchers laid out by when they can be answered: once for a frame, or only in its stack. */
interface Prepared {
  rule: StackRule;
  ofFrame: StackMatcher[];
  inStack: StackMatcher[];
  ofException: StackMatcher[];
}

/** What can be said of a frame wherever it stands. */
export interface Profile {
  /** For each pass the numbers of rules whose matchers of the frame itself all match; rules without such are not among them. */
  rules: readonly [number[], number[]];
  /** Matchers for the frame before or behind that match. */
  neighbour: Set<StackMatcher>;
}

/** Rules that say what frames are come before those that say what counts. */
const CLASSIFY = 0;
const CONTRIBUTE = 1;
type Pass = typeof CLASSIFY | typeof CONTRIBUTE;

/** Rules ready to be applied to stacks; what a frame matches by itself is found once. */
export class StackRuleSet {
  readonly rules: readonly StackRule[];
  readonly #passes: readonly [Prepared[], Prepared[]];
  /** Numbers of rules that name nothing of the frame itself, for each pass. */
  readonly #general: readonly [number[], number[]];
  readonly #neighbours: StackMatcher[];
  readonly #families = new Map<Family, OfFamily>();
  readonly #profiles = new Recent<string, Profile>(MAX_PROFILES);
  readonly #own: ReadonlySet<StackRule>;

  constructor(base: readonly StackRule[], own: readonly StackRule[] = []) {
    this.rules = [...base, ...own];
    this.#own = new Set(own);
    const classify = this.rules.filter(({ actions }) => actions.some(isClassifying));
    const contribute = this.rules.filter(({ actions }) => !actions.every(isClassifying));
    this.#passes = [classify.map(prepare), contribute.map(prepare)];
    this.#general = [general(this.#passes[0]), general(this.#passes[1])];
    this.#neighbours = this.rules.flatMap(({ matchers }) => matchers.filter((matcher) => isNeighbour(matcher) && !isOfStack(matcher)));
  }

  /** Whether a rule is of the project and not of the built-in list. */
  isOwn(rule: StackRule): boolean {
    return this.#own.has(rule);
  }

  /** Says of each frame whether it is in the app and of which category, from what the client said of it. */
  classify(frames: readonly RuleFrame[], flags: readonly boolean[], exception: RuleException): Classified {
    const result: Classified = {
      inApp: [...flags],
      categories: frames.map(({ category }) => category),
      because: frames.map(() => undefined),
      profiles: frames.map((frame) => this.#profileOf(frame)),
    };
    // All frames are matched before any is changed.
    this.#walk(CLASSIFY, frames, result, exception, (rule, matched) => {
      for (const frame of matched) {
        for (const action of rule.actions) {
          if (action.type === 'category') result.categories[frame] = action.value;
          else if (action.type === 'app') {
            const [from, to] = rangeOf(action, frame, frames.length);
            for (let i = from; i < to; i++) {
              result.inApp[i] = action.on;
              result.because[i] = rule;
            }
          }
        }
      }
    });
    return result;
  }

  /** The rules about grouping that match, in the order in which they are applied. */
  hits(frames: readonly RuleFrame[], classified: Classified, exception: RuleException): RuleHit[] {
    const hits: RuleHit[] = [];
    this.#walk(CONTRIBUTE, frames, classified, exception, (rule, matched) => {
      for (const frame of matched) hits.push({ rule, frame });
    });
    return hits;
  }

  #walk(
    pass: Pass,
    frames: readonly RuleFrame[],
    classified: Classified,
    exception: RuleException,
    apply: (rule: StackRule, matched: readonly number[]) => void,
  ): void {
    const { profiles } = classified;
    const matched = new Map<number, number[]>();
    for (let frame = 0; frame < profiles.length; frame++) {
      for (const rule of profiles[frame].rules[pass]) {
        const others = matched.get(rule);
        if (others) others.push(frame);
        else matched.set(rule, [frame]);
      }
    }
    const everyFrame = frames.map((_, index) => index);
    const numbers = matched.size === 0 ? this.#general[pass] : [...this.#general[pass], ...matched.keys()].toSorted((a, b) => a - b);
    for (const number of numbers) {
      const { rule, inStack, ofException } = this.#passes[pass][number];
      if (!ofException.every((matcher) => matchesException(matcher, exception))) continue;
      const candidates = matched.get(number) ?? everyFrame;
      const hits =
        inStack.length === 0
          ? candidates
          : candidates.filter((frame) => inStack.every((matcher) => matchesInStack(matcher, frame, profiles, frames, classified)));
      if (hits.length > 0) apply(rule, hits);
    }
  }

  #profileOf(frame: RuleFrame): Profile {
    const key = `${frame.family}\0${frame.function}\0${frame.module ?? '\u0001'}\0${frame.path ?? '\u0001'}\0${frame.package ?? '\u0001'}`;
    const known = this.#profiles.get(key);
    if (known) return known;
    const profile = this.#match(frame);
    if (key.length <= MAX_PROFILE_KEY) this.#profiles.set(key, profile);
    return profile;
  }

  #match(frame: RuleFrame): Profile {
    const { passes, neighbours } = this.#ofFamily(frame.family);
    const rulesOf = (pass: Pass): number[] =>
      passes[pass].filter(({ ofFrame }) => ofFrame.every((matcher) => matchesFrame(matcher, frame))).map(({ number }) => number);
    return { rules: [rulesOf(CLASSIFY), rulesOf(CONTRIBUTE)], neighbour: new Set(neighbours.filter((matcher) => matchesFrame(matcher, frame))) };
  }

  /** Most rules are about one family: what others can match is found once. */
  #ofFamily(family: Family): OfFamily {
    const known = this.#families.get(family);
    if (known) return known;
    const frame: RuleFrame = { function: '', family };
    const isOther = (matcher: StackMatcher): boolean => matcher.field !== 'family';
    const rulesOf = (pass: Pass): OfFamily['passes'][Pass] =>
      this.#passes[pass].flatMap(({ ofFrame }, number) => {
        const can = ofFrame.length > 0 && ofFrame.every((matcher) => isOther(matcher) || matchesFrame(matcher, frame));
        return can ? [{ number, ofFrame: ofFrame.filter(isOther) }] : [];
      });
    const made: OfFamily = {
      passes: [rulesOf(CLASSIFY), rulesOf(CONTRIBUTE)],
      neighbours: this.#neighbours.filter((matcher) => isOther(matcher) || matchesFrame(matcher, frame)),
    };
    this.#families.set(family, made);
    return made;
  }
}

let base: StackRuleSet | undefined;
const compiled = new Map<string, StackRuleSet>();

/**
 * The built-in rules followed by a project's own; compiled once for a text.
 * @throws HeedError `bad_rules` naming the line
 */
export function compileStackRules(text = ''): StackRuleSet {
  base ??= new StackRuleSet(parseStackRules(BASE_STACK_RULES));
  if (text.trim() === '') return base;
  const known = compiled.get(text);
  if (known) return known;
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  const set = new StackRuleSet(base.rules, parseStackRules(text));
  compiled.set(text, set);
  return set;
}

/** The frames an action is for, from and up to. */
export function rangeOf(action: Extract<StackAction, { on: boolean }>, frame: number, frames: number): [from: number, to: number] {
  if (action.range === 'called') return [frame + 1, frames];
  return action.range === 'callers' ? [0, frame] : [frame, frame + 1];
}

function isClassifying(action: StackAction): boolean {
  return action.type === 'app' || action.type === 'category';
}

function isNeighbour({ of }: StackMatcher): boolean {
  return of === 'caller' || of === 'callee';
}

/** Whether it asks for what rules may have changed. */
function isOfStack({ field }: StackMatcher): boolean {
  return field === 'app' || field === 'category';
}

function prepare(rule: StackRule): Prepared {
  const ofException = rule.matchers.filter(({ of }) => of === 'exception');
  const inStack = rule.matchers.filter((matcher) => isNeighbour(matcher) || isOfStack(matcher));
  const ofFrame = rule.matchers.filter((matcher) => matcher.of === 'frame' && !isOfStack(matcher));
  return { rule, ofFrame, inStack, ofException };
}

function general(rules: readonly Prepared[]): number[] {
  return rules.flatMap(({ ofFrame }, number) => (ofFrame.length === 0 ? [number] : []));
}

function matchesFrame({ field, written, matches }: StackMatcher, frame: RuleFrame): boolean {
  const value = frame[field as 'function' | 'module' | 'path' | 'package' | 'family'];
  return (value !== undefined && matches(value)) !== written.negated;
}

function matchesException({ field, written, matches }: StackMatcher, exception: RuleException): boolean {
  return matches(exception[field as keyof RuleException] ?? '<unknown>') !== written.negated;
}

function matchesInStack(matcher: StackMatcher, at: number, profiles: readonly Profile[], frames: readonly RuleFrame[], classified: Classified): boolean {
  const frame = matcher.of === 'caller' ? at - 1 : matcher.of === 'callee' ? at + 1 : at;
  if (frame < 0 || frame >= frames.length) return false;
  if (matcher.field === 'app') return (classified.inApp[frame] === matcher.app) !== matcher.written.negated;
  if (matcher.field === 'category') {
    const category = classified.categories[frame];
    return (category !== undefined && matcher.matches(category)) !== matcher.written.negated;
  }
  return profiles[frame].neighbour.has(matcher);
}
