import type { ErrorEvent, Frame } from '../../../core/error-event.ts';
import { hashOf } from './component.ts';
import type { GroupingContext } from './context.ts';
import { parameterise } from './parameterise.ts';

export const DEFAULT = '{{ default }}';
const VARIABLE = /^\{\{\s*(\S+?)\s*\}\}$/;

/** The name of a variable, if the text is one: `{{ transaction }}`. */
export function variableOf(text: string): string | undefined {
  return text.length < 300 ? VARIABLE.exec(text)?.[1] : undefined;
}

export function isDefault(text: string): boolean {
  return variableOf(text) === 'default';
}

/** Whether a fingerprint leaves grouping as it is, adds to it, or stands for all of it. */
export function kindOf(fingerprint: readonly string[]): 'default' | 'hybrid' | 'custom' {
  if (!fingerprint.some(isDefault)) return 'custom';
  return fingerprint.length === 1 ? 'default' : 'hybrid';
}

/**
 * A fingerprint with its variables replaced; `{{ default }}` stays. What is a message of the event, by itself or by variable, is taken
 * without values that differ from event to event.
 */
export function resolveFingerprint(fingerprint: readonly string[], context: GroupingContext): string[] {
  const { event } = context;
  const messages = new Set([event.logentry?.message, event.logentry?.formatted, ...(event.exception ?? []).map(({ value }) => value)]);
  return fingerprint.map((entry) => {
    const name = variableOf(entry);
    if (name === undefined) return messages.has(entry) ? parameterise(entry) : entry;
    if (name === 'default') return DEFAULT;
    const value = variable(name, context);
    if (value === undefined) return context.legacy ? entry : `<unrecognized-variable-${name}>`;
    return name === 'message' ? parameterise(value) : value;
  });
}

/** A title with its variables replaced; those that there are not stay as they are. */
export function resolveTitle(title: string, context: GroupingContext): string {
  return title.replaceAll(/\{\{\s{0,9}([^\s{}]{1,200})\s{0,9}\}\}/g, (whole, name: string) => variable(name, context) ?? whole);
}

/** The hash of a fingerprint; `{{ default }}` stands for the values that the event would be grouped by without it. */
export function fingerprintHash(values: readonly string[], byDefault: readonly string[]): string {
  return hashOf(values.flatMap((value) => (isDefault(value) ? byDefault : [value])));
}

function variable(name: string, context: GroupingContext): string | undefined {
  const { event } = context;
  const last = event.exception?.at(-1);
  switch (name) {
    case 'transaction':
      return event.transaction || '<no-transaction>';
    case 'message':
    case 'raw_message':
      return event.logentry?.formatted || event.logentry?.message || last?.value || '<no-message>';
    case 'type':
    case 'error.type':
      return last?.type || '<no-type>';
    case 'value':
    case 'raw_value':
    case 'error.value':
    case 'error.raw_value':
      return last?.value || '<no-value>';
    case 'level':
      return event.level;
    case 'logger':
      return event.logger || '<no-logger>';
    default:
      return name.startsWith('tags.') ? tagOf(event, name.slice(5)) : frameVariable(name, crashFrame(context));
  }
}

function tagOf(event: ErrorEvent, key: string): string {
  const value = event.tags.find(([name]) => name === key)?.[1] ?? (key === 'transaction' ? event.transaction : undefined);
  return value ?? `<no-value-for-tag-${key}>`;
}

function frameVariable(name: string, frame: Frame | undefined): string | undefined {
  switch (name) {
    case 'function':
    case 'stack.function':
      return frame?.function || '<no-function>';
    case 'path':
    case 'stack.abs_path':
      return frame?.abs_path || frame?.filename || '<no-abs-path>';
    case 'stack.filename':
      return frame?.filename || frame?.abs_path || '<no-filename>';
    case 'module':
    case 'stack.module':
      return frame?.module || '<no-module>';
    case 'package':
    case 'stack.package':
      return frame?.package?.split(/[/\\]/).at(-1) || '<no-package>';
    default:
      return undefined;
  }
}

/** The frame nearest to the error that is the app's, else the nearest of all. */
function crashFrame({ event, views }: GroupingContext): Frame | undefined {
  const lone = event.threads?.length === 1 ? event.threads[0].stacktrace : undefined;
  const stack = [event.exception?.at(-1)?.stacktrace, event.stacktrace, lone].find((stack) => stack && stack.frames.length > 0);
  if (!stack) return undefined;
  return stack.frames[views.get(stack)?.classified.inApp.lastIndexOf(true) ?? -1] ?? stack.frames.at(-1);
}
