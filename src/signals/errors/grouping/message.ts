import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { component } from './component.ts';
import type { GroupingContext } from './context.ts';

/** The message, before its values were put in if that is known. */
export function messageComponent(context: GroupingContext): GroupingComponent | undefined {
  const { logentry } = context.event;
  const raw = logentry?.message || logentry?.formatted;
  if (!raw) return undefined;
  const normal = context.message(raw);
  return component('message', [normal], normal === raw ? undefined : 'without values that differ from event to event');
}
