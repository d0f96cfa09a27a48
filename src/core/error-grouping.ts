/**
 * How the values are put together and hashed. Both are Sentry's, so that people who move keep the groups they know; the older one is
 * there to look up what an older installation made.
 */
export const RECIPES = ['newstyle:2026-01-20', 'newstyle:2023-01-11'] as const;
export type Recipe = (typeof RECIPES)[number];

export type ComponentName =
  | 'app'
  | 'system'
  | 'default'
  | 'chain'
  | 'exception'
  | 'threads'
  | 'stacktrace'
  | 'frame'
  | 'type'
  | 'value'
  | 'ns_error'
  | 'module'
  | 'filename'
  | 'function'
  | 'context_line'
  | 'message'
  | 'security'
  | 'salt'
  | 'violation'
  | 'uri'
  | 'hostname'
  | 'fallback';

/** A part of what an event may be grouped by, and why it counts or does not. */
export interface GroupingComponent {
  name: ComponentName;
  contributes: boolean;
  /** Why it does not count, or how its value was changed; goes on after "ignored" or "because" without an upper-case letter. */
  hint?: string;
  /** Of a frame: whether it is the user's own code, by client and rules. */
  inApp?: boolean;
  values: (string | GroupingComponent)[];
}

/** One way to look at the event: by the frames of the app, by all frames, without frames, or by a given fingerprint. */
export interface GroupingVariant {
  name: 'app' | 'system' | 'default' | 'fingerprint' | 'checksum' | 'fallback';
  /** 32 hex digits, where this variant makes a hash. */
  hash?: string;
  contributes: boolean;
  hint?: string;
  component?: GroupingComponent;
  /** What the hash is made of; `{{ default }}` where the component's values stand in it. */
  values?: string[];
}

/** Where a fingerprint came from. */
export interface FingerprintOrigin {
  by: 'client' | 'rule' | 'built-in rule';
  /** The rule as it is written. */
  rule?: string;
  /** As given, before variables were replaced. */
  values: string[];
  /** What the client had said, where a rule overrode it. */
  clientValues?: string[];
}

/** All that decided which issue an event belongs to. */
export interface Grouping {
  recipe: Recipe;
  /** The one whose hash comes first leads. */
  variants: GroupingVariant[];
  fingerprint?: FingerprintOrigin;
}
