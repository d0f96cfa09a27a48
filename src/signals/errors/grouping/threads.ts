import type { EventThread } from '../../../core/error-event.ts';
import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { component, ignored } from './component.ts';
import type { ByVariant, GroupingContext } from './context.ts';
import { stacktraceComponents } from './stacktrace.ts';

/** Of threads the one that crashed, else the one that was running, else the only one; of several alike none is to be preferred. */
export function threadComponents(context: GroupingContext): ByVariant<GroupingComponent> | undefined {
  const { threads } = context.event;
  if (!threads || threads.length === 0) return undefined;
  const thread = single(threads.filter(({ crashed }) => crashed)) ?? single(threads.filter(({ current }) => current)) ?? single(threads);
  if (!thread) return { app: ignored('threads', [], `ignored because none of ${threads.length} threads is the only one that crashed or was running`) };
  if (!thread.stacktrace) return { app: ignored('threads', [], 'ignored because the thread has no stack trace') };
  const { app, system } = stacktraceComponents(thread.stacktrace, context);
  return { app: component('threads', [app]), system: component('threads', [system]) };
}

function single(threads: readonly EventThread[]): EventThread | undefined {
  return threads.length === 1 ? threads[0] : undefined;
}
