/** JSON of a client's own making, cut to size. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * An event as it is kept: every shape that clients send brought to one, cut to size, scrubbed. Names of fields are those of
 * Sentry's protocol, so that its API, the raw view and what people know agree. What is absent is left out.
 */
export interface ErrorEvent {
  /** 32 lower-case hex digits. */
  event_id: string;
  type: 'error' | 'default' | 'csp' | 'expectct' | 'expectstaple' | 'hpkp' | 'nel' | 'transaction' | 'feedback';
  /** When it happened, and when it came; milliseconds since 1970. */
  timestamp: number;
  received: number;
  level: Level;
  platform: string;
  logger?: string;
  server_name?: string;
  release?: string;
  dist?: string;
  environment?: string;
  transaction?: string;
  culprit?: string;
  /** A message: the template with its values apart, and both put together. */
  logentry?: { message?: string; formatted: string; params?: Json };
  /** Oldest cause first, the one that was thrown last. */
  exception?: EventException[];
  /** Where a message was logged. */
  stacktrace?: Stacktrace;
  threads?: EventThread[];
  breadcrumbs?: Breadcrumb[];
  request?: EventRequest;
  user?: EventUser;
  contexts?: Record<string, Record<string, Json>>;
  /** In the order sent; keys are unlike each other. */
  tags: [key: string, value: string][];
  extra?: Record<string, Json>;
  /** Installed packages with their versions. */
  modules?: Record<string, string>;
  /** What the client wants it grouped by; may hold `{{ default }}`. */
  fingerprint?: string[];
  /** Of very old clients: stands for a whole fingerprint. */
  checksum?: string;
  sdk?: { name: string; version: string; integrations?: string[]; packages?: { name: string; version: string }[] };
  debug_meta?: { images: Record<string, Json>[] };
  /** Of a security report: its fields, by Sentry's name for the kind. */
  csp?: Record<string, Json>;
  /** Of a transaction: when it began, milliseconds since 1970, what it measured, and its spans. */
  start_timestamp?: number;
  measurements?: Record<string, { value: number; unit?: string }>;
  spans?: Record<string, Json>[];
  /** What was wrong with it as it came, or what was cut. */
  errors?: { type: string; name: string; value?: string }[];
}

export interface EventException {
  /** Null where a client sends only a value. */
  type: string | null;
  value?: string;
  module?: string;
  mechanism?: {
    type: string;
    handled?: boolean;
    synthetic?: boolean;
    exception_id?: number;
    parent_id?: number;
    source?: string;
    is_exception_group?: boolean;
    data?: Record<string, Json>;
    meta?: Record<string, Json>;
  };
  stacktrace?: Stacktrace;
  raw_stacktrace?: Stacktrace;
  thread_id?: string | number;
}

export interface Stacktrace {
  /** Oldest call first. */
  frames: Frame[];
  /** From and up to which frame some were left out. */
  frames_omitted?: [number, number];
}

export interface Frame {
  filename?: string;
  abs_path?: string;
  module?: string;
  package?: string;
  function?: string;
  raw_function?: string;
  symbol?: string;
  /** From 1 on. */
  lineno?: number;
  colno?: number;
  pre_context?: string[];
  context_line?: string;
  post_context?: string[];
  in_app?: boolean;
  vars?: Record<string, Json>;
  data?: Record<string, Json>;
  platform?: string;
  lang?: string;
  image_addr?: string;
  instruction_addr?: string;
  symbol_addr?: string;
  addr_mode?: string;
  trust?: string;
  lock?: Json;
  stack_start?: boolean;
}

export interface EventThread {
  id?: string | number;
  name?: string;
  crashed?: boolean;
  current?: boolean;
  main?: boolean;
  state?: string;
  stacktrace?: Stacktrace;
}

export interface Breadcrumb {
  /** Milliseconds since 1970. */
  timestamp?: number;
  type: string;
  category?: string;
  level: Level;
  message?: string;
  data?: Record<string, Json>;
}

export interface EventRequest {
  url?: string;
  method?: string;
  query_string?: [string, string][];
  fragment?: string;
  data?: Json;
  cookies?: [string, string][];
  /** Names in title case. */
  headers?: [string, string][];
  env?: Record<string, Json>;
  api_target?: string;
}

export interface EventUser {
  id?: string;
  email?: string;
  ip_address?: string;
  username?: string;
  name?: string;
  geo?: Record<string, Json>;
  data?: Record<string, Json>;
}
