import type { Generated } from 'kysely';

/** The catalog's tables as the migrations leave them. */
export interface Tables {
  projects: { id: Generated<number>; slug: string; name: string; key: string; created: number };
  marks: { name: string; time: number };
}
