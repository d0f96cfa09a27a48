import type { Generated } from 'kysely';

/** The catalog's tables as the migrations leave them. */
export interface Tables {
  projects: { id: Generated<number>; slug: string; name: string; key: string; created: number };
  dashboards: { slug: string; text: string; changed: number };
  marks: { name: string; time: number };
}
