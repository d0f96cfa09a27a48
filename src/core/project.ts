/** What an SDK's DSN holds. */
export interface ProjectKey {
  id: number;
  /** 32 hex digits; no secret, as pages send it. */
  key: string;
  label: string;
  created: number;
  /** One that is not is refused. */
  active: boolean;
  /** Errors, transactions and the like a minute, each, beside the project's own limit; null for no limit of its own. */
  mostPerMinute: number | null;
}

export interface ProjectSettings {
  /** Whose pages may send: `example.org`, `*.example.org`, `https://example.org:8443`; empty for all. Who sends no Origin may. */
  origins: string[];
  /** What is hidden before anything is written. */
  scrub: {
    on: boolean;
    /** The usual names and patterns, besides `fields`. */
    defaults: boolean;
    /** Parts of further names whose values are hidden. */
    fields: string[];
    /** Names whose values are never hidden. */
    safeFields: string[];
    /** Hide IP addresses. */
    ips: boolean;
  };
  /** Rules, one a line, in Sentry's words. */
  fingerprintRules: string;
  stackRules: string;
}

export const DEFAULT_SETTINGS: ProjectSettings = {
  origins: [],
  scrub: { on: true, defaults: true, fields: [], safeFields: [], ips: false },
  fingerprintRules: '',
  stackRules: '',
};
