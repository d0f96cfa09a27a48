import type { ErrorEvent, Stacktrace } from '../../../core/error-event.ts';
import type { Recipe } from '../../../core/error-grouping.ts';
import type { StackView } from './in-app.ts';
import { normaliseMessage } from './normalise-message.ts';
import type { StackRuleSet } from './stack-rule-set.ts';

/** What the parts of grouping share while one event is grouped. */
export class GroupingContext {
  readonly event: ErrorEvent;
  readonly recipe: Recipe;
  readonly stackRules: StackRuleSet;
  readonly views: ReadonlyMap<Stacktrace, StackView>;
  readonly #messages = new Map<string, string>();

  constructor(event: ErrorEvent, recipe: Recipe, stackRules: StackRuleSet, views: ReadonlyMap<Stacktrace, StackView>) {
    this.event = event;
    this.recipe = recipe;
    this.stackRules = stackRules;
    this.views = views;
  }

  /** Before 2026 a stack trace came before the type, and some mistakes were kept for the sake of known hashes. */
  get legacy(): boolean {
    return this.recipe === 'newstyle:2023-01-11';
  }

  /** A message without what differs from event to event; each text is worked out once. */
  message(text: string): string {
    const known = this.#messages.get(text);
    if (known !== undefined) return known;
    const normal = normaliseMessage(text);
    this.#messages.set(text, normal);
    return normal;
  }
}

/** The same part of an event seen by its own frames and by all; without a stack trace there is only the first. */
export type ByVariant<T> = { app: T; system?: T };
