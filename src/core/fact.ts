/** Something that happened once and never changes. */
export interface Fact {
  /** What it is: `event`, `service_check`, later `error`, `visit`, `release` … */
  kind: string;
  /** When it happened, milliseconds since 1970. */
  time: number;
  title: string;
  text: string;
  tags: Record<string, string>;
  /** What else the source said; small, JSON. */
  data: Record<string, unknown>;
}
