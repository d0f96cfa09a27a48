import { functionOf } from './function-name.ts';
import type { GroupingContext } from './context.ts';
import { BUILT_IN_FINGERPRINTS } from './built-in-fingerprints.ts';
import { parseFingerprintRules, type FingerprintMatcher, type FingerprintRule } from './fingerprint-rules.ts';
import { familyOf } from './platform.ts';

const MAX_COMPILED = 64;

/** A rule that matched, and whether it came with Heed. */
export interface FingerprintHit {
  rule: FingerprintRule;
  builtIn: boolean;
}

/** A project's rules followed by the built-in ones; the first that matches is taken. */
export class FingerprintRuleSet {
  readonly #own: readonly FingerprintRule[];
  readonly #builtIn: readonly FingerprintRule[];

  constructor(own: readonly FingerprintRule[], builtIn: readonly FingerprintRule[]) {
    this.#own = own;
    this.#builtIn = builtIn;
  }

  find(context: GroupingContext): FingerprintHit | undefined {
    const fields = new EventFields(context);
    const own = this.#own.find((rule) => matchesAll(rule, fields));
    if (own) return { rule: own, builtIn: false };
    const builtIn = this.#builtIn.find((rule) => matchesAll(rule, fields));
    return builtIn && { rule: builtIn, builtIn: true };
  }
}

const compiled = new Map<string, FingerprintRuleSet>();
let builtIn: FingerprintRule[] | undefined;

/**
 * A project's rules with the built-in ones behind them; compiled once for a text.
 * @throws HeedError `bad_rules` naming the line
 */
export function compileFingerprintRules(text = ''): FingerprintRuleSet {
  const known = compiled.get(text);
  if (known) return known;
  builtIn ??= parseFingerprintRules(BUILT_IN_FINGERPRINTS);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  const set = new FingerprintRuleSet(parseFingerprintRules(text), builtIn);
  compiled.set(text, set);
  return set;
}

/** Things of an event that are matched together: all matchers of frames must hit the same frame, those of exceptions the same one. */
type Group = 'message' | 'log' | 'exception' | 'tag' | 'sdk' | 'family' | 'release' | 'frame';
type Fields = Record<string, string | undefined>;

function groupOf({ field }: FingerprintMatcher): Group {
  switch (field) {
    case 'logger':
    case 'level':
      return 'log';
    case 'type':
    case 'value':
      return 'exception';
    case 'message':
    case 'tag':
    case 'sdk':
    case 'family':
    case 'release':
      return field;
    default:
      return 'frame';
  }
}

const groupsOfRules = new WeakMap<FingerprintRule, [Group, FingerprintMatcher[]][]>();

function matchesAll(rule: FingerprintRule, fields: EventFields): boolean {
  let groups = groupsOfRules.get(rule);
  if (!groups) {
    groups = [...Map.groupBy(rule.matchers, groupOf)];
    groupsOfRules.set(rule, groups);
  }
  return groups.every(([group, matchers]) => fields.of(group).some((one) => matchers.every((matcher) => matches(matcher, one))));
}

function matches(matcher: FingerprintMatcher, fields: Fields): boolean {
  const values = matcher.field === 'path' ? [fields.path, fields.filename] : [fields[matcher.tag === undefined ? matcher.field : `tag ${matcher.tag}`]];
  return values.some((value) => value !== undefined && matcher.matches(value)) !== matcher.written.negated;
}

/** The values of an event by the group they are matched in, each group gathered when a rule first asks for it. */
class EventFields {
  readonly #context: GroupingContext;
  readonly #known = new Map<Group, readonly Fields[]>();

  constructor(context: GroupingContext) {
    this.#context = context;
  }

  of(group: Group): readonly Fields[] {
    const known = this.#known.get(group);
    if (known) return known;
    const fields = this.#gather(group);
    this.#known.set(group, fields);
    return fields;
  }

  #gather(group: Group): readonly Fields[] {
    const { event } = this.#context;
    switch (group) {
      case 'message': {
        // Users expect the value of an exception to be its message.
        const messages = [event.logentry?.formatted, ...(event.exception ?? []).map(({ value }) => value)];
        return messages.flatMap((message) => (message ? [{ message: message.trim() }] : []));
      }
      case 'log':
        return [{ logger: event.logger, level: event.level }];
      case 'exception':
        return (event.exception ?? []).map(({ type, value }) => ({ type: type ?? undefined, value: value?.trim() }));
      case 'tag': {
        const tags: Fields = event.transaction === undefined ? {} : { 'tag transaction': event.transaction };
        for (const [key, value] of event.tags) tags[`tag ${key}`] = value.trim();
        return [tags];
      }
      case 'sdk':
        return [{ sdk: event.sdk?.name }];
      case 'family':
        return [{ family: familyOf(event.platform) }];
      case 'release':
        return [{ release: event.release?.trim() }];
      default:
        return this.#frames();
    }
  }

  #frames(): Fields[] {
    return [...this.#context.views.values()].flatMap(({ stack, platforms, classified }) =>
      stack.frames.map((frame, index) => ({
        function: functionOf(frame, platforms[index]) ?? '<unknown>',
        module: frame.module,
        path: frame.abs_path ?? frame.filename,
        filename: frame.filename,
        package: frame.package,
        app: String(classified.inApp[index]),
      })),
    );
  }
}
