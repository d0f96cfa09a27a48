import type { Grouping, GroupingComponent, GroupingVariant } from '../../../core/error-grouping.ts';
import { isDefault } from './fingerprint.ts';

const MAX_FRAMES = 3;
const MAX_TEXT = 120;
const MAX_REASONS = 8;

/** Why an event belongs to its issue, in sentences: what it is grouped by, what not, and what else leads there. */
export function explainGrouping(grouping: Grouping): string[] {
  const [leading, ...others] = grouping.variants.filter(({ contributes }) => contributes);
  if (!leading) return ['There is nothing to group by.'];
  const sentences = [`Grouped by ${whatLeads(leading, grouping)}.`];
  const reasons = whyNot(leading, grouping);
  if (reasons.length > 0) sentences.push(`Not by: ${reasons.slice(0, MAX_REASONS).join('; ')}.`);
  for (const { name } of others) {
    if (name === 'system') sentences.push('An issue that has all of its frames, those of libraries too, takes it as well.');
  }
  return sentences;
}

function whatLeads(variant: GroupingVariant, { fingerprint }: Grouping): string {
  if (variant.name === 'checksum') return `the checksum ${quoted(variant.values?.[0] ?? '')}, which the client gave`;
  const giver = fingerprint?.by === 'client' ? 'which the client gave' : `which the ${fingerprint?.by} ${fingerprint?.rule} gives`;
  if (variant.name === 'fingerprint') return `the fingerprint ${(variant.values ?? []).map(quoted).join(', ')}, ${giver}`;
  const what = variant.component ? describe(variant.component, variant.name) : 'nothing';
  if (!variant.values) return what;
  const added = variant.values.filter((value) => !isDefault(value));
  return `${what}, and by ${added.map(quoted).join(', ')}, ${giver}`;
}

function describe(part: GroupingComponent, variant: GroupingVariant['name']): string {
  const parts = part.values.filter((value) => typeof value !== 'string').filter(({ contributes }) => contributes);
  switch (part.name) {
    case 'chain':
      return `${parts.length} exceptions: ${parts.map((one) => describe(one, variant)).join('; then ')}`;
    case 'stacktrace':
      return describeFrames(parts, variant);
    case 'type':
    case 'value':
    case 'message':
    case 'hostname':
    case 'violation':
      return `${NAMES[part.name]} ${part.name === 'type' ? shorten(String(part.values[0])) : quoted(String(part.values[0]))}`;
    case 'uri':
      return `what was blocked, ${quoted(String(part.values[0]))}`;
    case 'salt':
      return `the kind ${quoted(String(part.values[0]))}`;
    case 'ns_error':
      return `the error ${part.values.join(' ')}`;
    case 'fallback':
      return 'transaction and level, since there is nothing else in it';
    default:
      return joined(parts.map((one) => describe(one, variant)));
  }
}

const NAMES = { type: 'type', value: 'value', message: 'message', hostname: 'host', violation: 'the kind of script' } as const;

/** Frames nearest to the error first, as people look for them. */
function describeFrames(frames: readonly GroupingComponent[], variant: GroupingVariant['name']): string {
  const named = frames.slice(-MAX_FRAMES).toReversed().map(nameFrame).join(', ');
  const more = frames.length > MAX_FRAMES ? ` and ${frames.length - MAX_FRAMES} more` : '';
  const kind = variant === 'app' ? 'in-app ' : '';
  return `${frames.length} ${kind}${frames.length === 1 ? 'frame' : 'frames'}: ${named}${more}`;
}

function nameFrame(frame: GroupingComponent): string {
  const parts = frame.values.filter((value) => typeof value !== 'string').filter(({ contributes }) => contributes);
  const named = parts.filter(({ name }) => name !== 'context_line').map(({ values }) => shorten(String(values[0])));
  const line = parts.find(({ name }) => name === 'context_line');
  if (named.length < 2 && line) named.push(quoted(String(line.values[0])));
  return named.join(' ');
}

function joined(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** What was looked at and set aside, with the reasons that parts carry, each once. */
function whyNot(leading: GroupingVariant, { variants }: Grouping): string[] {
  const reasons = new Map<string, number>();
  const note = (what: string, hint: string): void => {
    const reason = `${what} (${hint.replace(/^ignored because /, '').replace(/^ignored by /, 'by ')})`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  };
  const seek = (part: GroupingComponent): void => {
    if (!part.contributes && part.hint && part.name !== 'filename' && part.values.length > 0) {
      note(part.name === 'frame' ? 'frame' : (NOUNS[part.name] ?? part.name), part.hint);
      return;
    }
    for (const value of part.values) if (typeof value !== 'string') seek(value);
  };
  if (leading.component) seek(leading.component);
  for (const { component } of variants) if (component?.name === 'default' && component !== leading.component) seek(component);
  return [...reasons].map(([reason, count]) => (count === 1 ? reason : `${count} × ${reason}`));
}

const NOUNS: Partial<Record<GroupingComponent['name'], string>> = {
  context_line: 'line of source',
  ns_error: 'error code',
  stacktrace: 'stack trace',
  chain: 'exceptions',
};

function quoted(text: string): string {
  return `"${shorten(text)}"`;
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
