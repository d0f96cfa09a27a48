import type { GroupingComponent } from '../../../core/error-grouping.ts';
import type { Stacktrace } from '../../../core/error-event.ts';
import type { ByVariant, GroupingContext } from './context.ts';
import { frameComponent, isRecursion } from './frame.ts';
import type { StackView } from './in-app.ts';
import { familyOf, isUrl } from './platform.ts';
import { rangeOf, type RuleHit } from './stack-rule-set.ts';
import type { StackRule } from './stack-rules.ts';

type VariantName = 'app' | 'system';

/** A stack trace by the frames of the app and by all of them. */
export function stacktraceComponents(stack: Stacktrace, context: GroupingContext): Required<ByVariant<GroupingComponent>> {
  const view = context.views.get(stack);
  if (!view || stack.frames.length === 0) {
    const empty: GroupingComponent = { name: 'stacktrace', contributes: false, hint: 'ignored because it has no frames', values: [] };
    return { app: empty, system: { ...empty } };
  }
  const frames = stack.frames.map((frame, index) => {
    const part = frameComponent(frame, view.platforms[index], context.legacy);
    if (!isRecursion(frame, stack.frames[index - 1])) return part;
    return { ...part, contributes: false, hint: 'ignored because it calls itself' };
  });
  const [only] = stack.frames;
  if (frames.length === 1 && familyOf(view.platforms[0]) === 'javascript' && !only.function && isUrl(only.abs_path ?? only.filename, true)) {
    frames[0] = { ...frames[0], contributes: false, hint: 'ignored because a lone frame without a function says too little' };
  }
  const exception = context.event.exception?.find(({ stacktrace }) => stacktrace === stack);
  const hits = context.stackRules.hits(view.frames, view.classified, { type: exception?.type, value: exception?.value, mechanism: exception?.mechanism?.type });
  return { app: assemble('app', frames, view, hits, context), system: assemble('system', frames, view, hits, context) };
}

function assemble(
  name: VariantName,
  parts: readonly GroupingComponent[],
  view: StackView,
  hits: readonly RuleHit[],
  context: GroupingContext,
): GroupingComponent {
  const { inApp } = view.classified;
  const counts = parts.map(({ contributes }) => contributes);
  const hints = parts.map(({ hint }) => hint);
  const limits = applyRules(counts, hints, hits, context);
  if (name === 'app') {
    for (let i = 0; i < counts.length; i++) {
      const said = inAppHint(view, i, context);
      if (!inApp[i]) {
        counts[i] = false;
        hints[i] = said;
      } else hints[i] = hints[i] && said ? `${said}, ${counts[i] ? 'and' : 'but'} ${hints[i]}` : (hints[i] ?? said);
    }
  }
  keepLast(counts, hints, limits, context);
  const values = parts.map((part, index): GroupingComponent => {
    const frame: GroupingComponent = { name: 'frame', contributes: counts[index], inApp: inApp[index], values: part.values };
    const hint = hints[index];
    if (hint !== undefined) frame.hint = hint;
    return frame;
  });
  const total = counts.reduce((sum, one) => sum + (one ? 1 : 0), 0);
  const stacktrace: GroupingComponent = { name: 'stacktrace', contributes: total > 0, values };
  if (total === 0)
    stacktrace.hint =
      name === 'app' && !inApp.includes(true) ? 'ignored because none of its frames is in the app' : 'ignored because none of its frames counts';
  else if (limits.min && total < limits.min.value) {
    stacktrace.contributes = false;
    stacktrace.hint = `ignored because fewer than ${limits.min.value} frames count, by ${ruleName(limits.min.rule, context)}`;
  }
  return stacktrace;
}

interface Limits {
  max?: { value: number; rule: StackRule };
  min?: { value: number; rule: StackRule };
}

function applyRules(counts: boolean[], hints: (string | undefined)[], hits: readonly RuleHit[], context: GroupingContext): Limits {
  const limits: Limits = {};
  for (const { rule, frame } of hits) {
    for (const action of rule.actions) {
      if (action.type === 'max-frames') limits.max = { value: action.value, rule };
      else if (action.type === 'min-frames') limits.min = { value: action.value, rule };
      else if (action.type === 'group') {
        const [from, to] = rangeOf(action, frame, counts.length);
        for (let i = from; i < to; i++) {
          if (counts[i] === action.on) continue;
          counts[i] = action.on;
          hints[i] = `${action.on ? 'counted' : 'ignored'} by ${ruleName(rule, context)}`;
        }
      }
    }
  }
  return limits;
}

/** Of more contributing frames than allowed the ones nearest to the error stay. */
function keepLast(counts: boolean[], hints: (string | undefined)[], { max }: Limits, context: GroupingContext): void {
  if (!max || max.value === 0) return;
  let kept = 0;
  for (let i = counts.length - 1; i >= 0; i--) {
    if (!counts[i]) continue;
    if (kept < max.value) kept++;
    else {
      counts[i] = false;
      hints[i] = `ignored because only ${max.value} ${max.value === 1 ? 'frame counts' : 'frames count'}, by ${ruleName(max.rule, context)}`;
    }
  }
}

function inAppHint({ client, classified }: StackView, index: number, context: GroupingContext): string | undefined {
  const inApp = classified.inApp[index];
  const rule = classified.because[index];
  if (client[index] === inApp) return inApp ? undefined : 'out of the app, says the client';
  if (rule) return `${inApp ? 'in the app' : 'out of the app'} by ${ruleName(rule, context)}`;
  return inApp ? 'taken for the app, since the client was not told where that is' : 'out of the app, since neither client nor rules say otherwise';
}

function ruleName(rule: StackRule, context: GroupingContext): string {
  return `${context.stackRules.isOwn(rule) ? 'the rule' : 'the built-in rule'} ${rule.text}`;
}
