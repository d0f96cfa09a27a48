import type { EventException } from '../../../core/error-event.ts';
import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { component, ignored } from './component.ts';
import type { ByVariant, GroupingContext } from './context.ts';
import { mainOfGroup, replacedMain } from './exception-groups.ts';
import { stacktraceComponents } from './stacktrace.ts';

/** What exceptions are grouped by, and which of them names the issue, if it is not the last one. */
export interface ExceptionParts {
  components: ByVariant<GroupingComponent>;
  main?: EventException;
}

/** The exceptions of an event: one by itself, several as a chain; groups of them only once for each kind. */
export function exceptionComponents(context: GroupingContext): ExceptionParts | undefined {
  const all = context.event.exception ?? [];
  if (all.length === 0) return undefined;
  const parts = new Map(all.map((exception) => [exception, oneException(exception, context)] as const));
  const { exceptions, main } = mainOfGroup(all, context.event, (exception) => JSON.stringify(parts.get(exception)));
  const chosen = exceptions.map((exception) => parts.get(exception) as ByVariant<GroupingComponent>);
  if (chosen.length === 1) return { components: chosen[0], main };
  const components: ByVariant<GroupingComponent> = {
    app: component(
      'chain',
      chosen.map(({ app }) => app),
    ),
  };
  const system = chosen.flatMap((part) => part.system ?? []);
  if (system.length > 0) components.system = component('chain', system);
  return { components, main: replacedMain(exceptions) ?? main };
}

function oneException(exception: EventException, context: GroupingContext): ByVariant<GroupingComponent> {
  if (!exception.stacktrace) return { app: assemble(exception, undefined, context) };
  const { app, system } = stacktraceComponents(exception.stacktrace, context);
  return { app: assemble(exception, app, context), system: assemble(exception, system, context) };
}

function assemble(exception: EventException, stacktrace: GroupingComponent | undefined, context: GroupingContext): GroupingComponent {
  const type = typeComponent(exception);
  const nsError = nsErrorComponent(exception);
  const value = valueComponent(exception, context);
  if (value?.contributes && stacktrace?.contributes) {
    value.contributes = false;
    value.hint = 'ignored because the stack trace decides';
  } else if (value?.contributes && nsError?.contributes) {
    value.contributes = false;
    value.hint = 'ignored because domain and code decide';
  }
  const order = context.legacy ? [stacktrace, type, nsError, value] : [type, value, nsError, stacktrace];
  return component(
    'exception',
    order.filter((part) => part !== undefined),
  );
}

/** Exceptions that a client makes only for their stack trace have a type that says nothing. */
function typeComponent({ type, mechanism }: EventException): GroupingComponent | undefined {
  if (!type) return undefined;
  return mechanism?.synthetic ? ignored('type', [type], 'ignored because the client made it up') : component('type', [type]);
}

function valueComponent({ value }: EventException, context: GroupingContext): GroupingComponent | undefined {
  if (!value) return undefined;
  const normal = context.message(value);
  if (normal === '') return undefined;
  return component('value', [normal], normal === value ? undefined : 'without values that differ from event to event');
}

/** Apple's errors have a domain and a number there. */
function nsErrorComponent({ mechanism }: EventException): GroupingComponent | undefined {
  const error = mechanism?.meta?.ns_error;
  if (!error || typeof error !== 'object' || Array.isArray(error)) return undefined;
  const values = [error.domain, error.code].flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? [String(part)] : []));
  return component('ns_error', values);
}
