import type { ErrorEvent, EventException, Frame } from '../../../core/error-event.ts';
import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { leaves } from './component.ts';
import { groupEvent, type Grouped, type GroupingOptions } from './group-event.ts';

/** An event of a Python shop, with what a test is about put in. */
export function event(fields: Partial<ErrorEvent> = {}): ErrorEvent {
  return { event_id: '0'.repeat(32), type: 'error', timestamp: 0, received: 0, level: 'error', platform: 'python', tags: [], ...fields };
}

/** An exception with frames, oldest first; without them it has no stack trace. */
export function exception(type: string | null, value: string, frames?: Frame[], fields: Partial<EventException> = {}): EventException {
  return { type, value, ...(frames ? { stacktrace: { frames } } : {}), ...fields };
}

/** `file:function`, in the app unless a `-` stands before it. */
export function frames(...written: string[]): Frame[] {
  return written.map((text, index) => {
    const outside = text.startsWith('-');
    const [filename, name] = text.slice(outside ? 1 : 0).split(':');
    return { filename, function: name, lineno: index + 1, in_app: !outside };
  });
}

/** The contributing values of the variant that leads. */
export function valuesOf(grouped: Grouped): string[] {
  const [leading] = grouped.grouping.variants;
  return leading.values && leading.name !== 'app' ? leading.values : leaves(leading.component as GroupingComponent);
}

export function grouped(fields: Partial<ErrorEvent>, options?: GroupingOptions): Grouped {
  return groupEvent(event(fields), options);
}

/** The hints of a variant's parts by their name, outermost first. */
export function hintsOf(result: Grouped, variant: string, name: string): (string | undefined)[] {
  const hints: (string | undefined)[] = [];
  const seek = (part: GroupingComponent): void => {
    if (part.name === name) hints.push(part.hint);
    for (const value of part.values) if (typeof value !== 'string') seek(value);
  };
  for (const { name, component } of result.grouping.variants) if (name === variant && component) seek(component);
  return hints;
}
