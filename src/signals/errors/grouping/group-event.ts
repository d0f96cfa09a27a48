import type { ErrorEvent, EventException, Stacktrace } from '../../../core/error-event.ts';
import type { FingerprintOrigin, Grouping, GroupingComponent, GroupingVariant, Recipe } from '../../../core/error-grouping.ts';
import { component, hashOf, hasStacktrace, leaves } from './component.ts';
import { GroupingContext, type ByVariant } from './context.ts';
import { exceptionComponents } from './exception.ts';
import { fingerprintHash, kindOf, resolveFingerprint, resolveTitle } from './fingerprint.ts';
import { compileFingerprintRules, type FingerprintRuleSet } from './fingerprint-rule-set.ts';
import { classifyStacks, type StackView } from './in-app.ts';
import { messageComponent } from './message.ts';
import { securityComponent } from './security.ts';
import { compileStackRules, type StackRuleSet } from './stack-rule-set.ts';
import { stacktraceComponents } from './stacktrace.ts';
import { threadComponents } from './threads.ts';

export interface GroupingOptions {
  /** Without them the built-in ones. */
  fingerprintRules?: FingerprintRuleSet;
  stackRules?: StackRuleSet;
  recipe?: Recipe;
  /** What `classifyStacks` has made of this event by these rules, where that is known. */
  views?: ReadonlyMap<Stacktrace, StackView>;
}

export interface Grouped {
  /** The first names the issue; an event joins an issue that any of them already belongs to. */
  hashes: string[];
  /** The hashes it had before source maps were applied to it; earlier events of the same release may have been kept under them. */
  unmapped?: string[];
  /** The title that a fingerprint rule gives. */
  title?: string;
  /** The exception that names the issue, where it is not the last one. */
  main?: EventException;
  grouping: Grouping;
}

/**
 * Finds what an event is grouped by, and why. What the client or a rule names wins; then exceptions, threads, a stack trace, a report
 * of the browser, a message, whichever first has something to tell. Pure, and never throws for an event of the right shape.
 */
export function groupEvent(event: ErrorEvent, options: GroupingOptions = {}): Grouped {
  const recipe = options.recipe ?? 'newstyle:2026-01-20';
  const stackRules = options.stackRules ?? compileStackRules();
  const context = new GroupingContext(event, recipe, stackRules, options.views ?? classifyStacks(event, stackRules));
  const rule = (options.fingerprintRules ?? compileFingerprintRules()).find(context);
  const title = rule?.rule.title === undefined ? undefined : resolveTitle(rule.rule.title, context);
  const { variants: found, main } = variantsOf(context);
  const shared = { title, main: main === event.exception?.at(-1) ? undefined : main, unmapped: unmappedHashes(event, options) };
  if (event.checksum) return { ...shared, ...byChecksum(event.checksum, found, recipe) };

  const client = event.fingerprint && event.fingerprint.length > 0 && kindOf(event.fingerprint) !== 'default' ? event.fingerprint : undefined;
  const given = rule?.rule.fingerprint ?? client;
  const origin: FingerprintOrigin | undefined = given && {
    by: rule ? (rule.builtIn ? 'built-in rule' : 'rule') : 'client',
    values: given,
    ...(rule ? { rule: rule.rule.text } : {}),
    ...(rule && client ? { clientValues: client } : {}),
  };
  const variants = given && kindOf(given) !== 'default' ? withFingerprint(resolveFingerprint(given, context), found) : found;
  const hashes = [...new Set(variants.flatMap(({ contributes, hash }) => (contributes && hash ? [hash] : [])))];
  return { ...shared, hashes, grouping: { recipe, variants, ...(origin ? { fingerprint: origin } : {}) } };
}

function unmappedHashes(event: ErrorEvent, options: GroupingOptions): string[] | undefined {
  if (!event.exception?.some(({ raw_stacktrace: raw }) => raw)) return undefined;
  const exception = event.exception.map(({ raw_stacktrace: raw, ...one }) => (raw ? { ...one, stacktrace: raw } : one));
  return groupEvent({ ...event, exception }, { ...options, views: undefined }).hashes;
}

interface Candidate {
  name: string;
  parts: ByVariant<GroupingComponent> | { default: GroupingComponent };
}

function variantsOf(context: GroupingContext): { variants: GroupingVariant[]; main?: EventException } {
  const { event } = context;
  const exceptions = exceptionComponents(context);
  const threads = threadComponents(context);
  const security = securityComponent(event);
  const message = messageComponent(context);
  const candidates: Candidate[] = [
    ...(exceptions ? [{ name: exceptions.components.app.name === 'chain' ? 'the exceptions' : 'the exception', parts: exceptions.components }] : []),
    ...(threads ? [{ name: 'the thread', parts: threads }] : []),
    ...(event.stacktrace ? [{ name: 'the stack trace', parts: stacktraceComponents(event.stacktrace, context) }] : []),
    ...(security ? [{ name: 'the report', parts: { default: security } }] : []),
    ...(message ? [{ name: 'the message', parts: { default: message } }] : []),
  ];
  for (const { parts } of candidates) if ('app' in parts) preferStacktraces(parts);
  const winner = candidates.find(({ parts }) => Object.values(parts).some((part: GroupingComponent) => part.contributes));
  const roots: Record<'app' | 'system' | 'default', GroupingComponent[]> = { app: [], system: [], default: [] };
  for (const candidate of candidates) {
    for (const [name, part] of Object.entries(candidate.parts) as [keyof typeof roots, GroupingComponent][]) {
      if (candidate !== winner && part.contributes) roots[name].push({ ...part, contributes: false, hint: `ignored because ${winner?.name} comes first` });
      else roots[name].push(part);
    }
  }
  const variants = (['app', 'system', 'default'] as const).flatMap((name) => (roots[name].length > 0 ? [variantOf(name, component(name, roots[name]))] : []));
  if (!variants.some(({ contributes }) => contributes)) variants.push(fallback(event));
  withoutDoubles(variants);
  variants.sort((a, b) => Number(b.contributes) - Number(a.contributes));
  return { variants, main: exceptions?.main };
}

/** Where only one of both views has a stack trace, only that one counts. */
function preferStacktraces(parts: ByVariant<GroupingComponent>): void {
  if (!parts.system) return;
  const both = [parts.app, parts.system];
  const withStack = both.filter(hasStacktrace);
  if (withStack.length !== 1) return;
  const index = both[0] === withStack[0] ? 1 : 0;
  const hint = index === 0 ? 'ignored because no frame of the app counts' : 'ignored because only frames of the app count';
  const other = { ...both[index], contributes: false, hint };
  if (index === 0) parts.app = other;
  else parts.system = other;
}

function variantOf(name: GroupingVariant['name'], part: GroupingComponent): GroupingVariant {
  if (!part.contributes) return { name, contributes: false, component: part };
  return { name, contributes: true, hash: hashOf(leaves(part)), component: part };
}

/** An event with nothing in it. */
function fallback(event: ErrorEvent): GroupingVariant {
  return variantOf('fallback', component('fallback', [event.transaction ?? event.culprit ?? '', event.level]));
}

function withoutDoubles(variants: GroupingVariant[]): void {
  const seen = new Map<string, string>();
  for (const variant of variants) {
    if (!variant.contributes || variant.hash === undefined) continue;
    const first = seen.get(variant.hash);
    if (first === undefined) seen.set(variant.hash, variant.name);
    else {
      variant.contributes = false;
      variant.hint = `ignored because it is the same as ${first}`;
    }
  }
}

function withFingerprint(values: string[], found: readonly GroupingVariant[]): GroupingVariant[] {
  if (kindOf(values) === 'custom') {
    const custom: GroupingVariant = { name: 'fingerprint', contributes: true, hash: hashOf(values), values };
    return [custom, ...found.map((variant) => setAside(variant, 'ignored because a fingerprint is given'))];
  }
  return found.map((variant) => {
    if (!variant.contributes || !variant.component) return variant;
    return { ...variant, values, hash: fingerprintHash(values, leaves(variant.component)) };
  });
}

/** Very old clients work out the hash themselves. */
function byChecksum(checksum: string, found: readonly GroupingVariant[], recipe: Recipe): Pick<Grouped, 'hashes' | 'grouping'> {
  const hash = /^[0-9a-f]{32}$/.test(checksum) ? checksum : hashOf([checksum]);
  const others = found.map((variant) => setAside(variant, 'ignored because a checksum is given'));
  return { hashes: [hash], grouping: { recipe, variants: [{ name: 'checksum', contributes: true, hash, values: [checksum] }, ...others] } };
}

function setAside(variant: GroupingVariant, hint: string): GroupingVariant {
  if (!variant.contributes) return variant;
  return { ...variant, contributes: false, hash: undefined, hint };
}
