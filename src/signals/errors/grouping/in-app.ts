import type { ErrorEvent, Frame, Stacktrace } from '../../../core/error-event.ts';
import { functionOf } from './function-name.ts';
import { familyOf } from './platform.ts';
import type { Classified, RuleException, RuleFrame, StackRuleSet } from './stack-rule-set.ts';

/** Platforms whose clients tell by a root folder what is the app's; without being told it they say of all frames that they are not. */
const BY_ROOT_FOLDER = new Set(['ruby', 'python', 'php', 'node', 'go', 'elixir', 'perl']);

/** A frame of an event with what its client said; kept apart once rules have changed it. */
export interface StackView {
  stack: Stacktrace;
  frames: RuleFrame[];
  platforms: string[];
  /** What the client said of each frame. */
  client: (boolean | undefined)[];
  classified: Classified;
}

/** All stack traces of an event that it may be grouped by. */
export function stacksOf(event: ErrorEvent): { stack: Stacktrace; exception: RuleException }[] {
  const stacks: { stack: Stacktrace; exception: RuleException }[] = [];
  for (const { stacktrace, type, value, mechanism } of event.exception ?? []) {
    if (stacktrace) stacks.push({ stack: stacktrace, exception: { type, value, mechanism: mechanism?.type } });
  }
  if (event.stacktrace) stacks.push({ stack: event.stacktrace, exception: {} });
  for (const { stacktrace } of event.threads ?? []) if (stacktrace) stacks.push({ stack: stacktrace, exception: {} });
  return stacks;
}

/**
 * Says of every frame whether it is the user's own code: as the client says, then as rules say, built-in ones before the project's.
 * Where a client that should know has found no frame at all to be the app's, it was not told where the app is; then each frame is
 * until a rule names it as a library's.
 */
export function classifyStacks(event: ErrorEvent, rules: StackRuleSet): Map<Stacktrace, StackView> {
  const stacks = stacksOf(event);
  const lost = BY_ROOT_FOLDER.has(event.platform) && knowsNoRoot(stacks.map(({ stack }) => stack));
  const views = new Map<Stacktrace, StackView>();
  for (const { stack, exception } of stacks) {
    const platforms = stack.frames.map((frame) => frame.platform ?? event.platform);
    const frames = stack.frames.map((frame, index) => ruleFrame(frame, platforms[index]));
    const client = stack.frames.map(clientFlag);
    const flags = stack.frames.map((frame, index) => client[index] === true || (lost && hasOwnFile(frame)));
    views.set(stack, { stack, frames, platforms, client, classified: rules.classify(frames, flags, exception) });
  }
  return views;
}

/** Writes into an event what is the user's own code, and beside it what the client had said, so that it can be done again. */
export function markInApp(views: ReadonlyMap<Stacktrace, StackView>): void {
  for (const { stack, client, classified } of views.values()) {
    for (const [index, frame] of stack.frames.entries()) {
      const inApp = classified.inApp[index];
      if (frame.in_app === inApp) continue;
      frame.data = { ...frame.data, client_in_app: client[index] ?? null };
      frame.in_app = inApp;
    }
  }
}

function clientFlag(frame: Frame): boolean | undefined {
  const kept = frame.data?.client_in_app;
  if (kept === null) return undefined;
  return typeof kept === 'boolean' ? kept : frame.in_app;
}

function knowsNoRoot(stacks: readonly Stacktrace[]): boolean {
  let denied = false;
  for (const { frames } of stacks) {
    for (const frame of frames) {
      const flag = clientFlag(frame);
      if (flag) return false;
      if (flag === false) denied = true;
    }
  }
  return denied;
}

/** Whether a frame names a file that can be the app's. */
function hasOwnFile(frame: Frame): boolean {
  const path = frame.abs_path ?? frame.filename;
  return path !== undefined && /^(?:\/|[A-Za-z]:[\\/]|\.{0,2}[\w@-][^:<>]*\/)/.test(path);
}

function ruleFrame(frame: Frame, platform: string): RuleFrame {
  const category = frame.data?.category;
  return {
    function: functionOf(frame, platform) ?? '<unknown>',
    module: frame.module,
    path: frame.abs_path ?? frame.filename,
    package: frame.package,
    family: familyOf(platform),
    category: typeof category === 'string' ? category : undefined,
  };
}
