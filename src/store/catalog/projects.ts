import type { ProjectKey, ProjectSettings } from '../../core/project.ts';

/** The applications that report to Heed; part of the catalog. All times are milliseconds since 1970. */
export interface Projects {
  /** All projects, oldest first; `default` with id 1 is always there. */
  projects(): Promise<CatalogProject[]>;
  /**
   * Makes a project with a key; its slug is made from the name and is unique.
   * @throws HeedError `bad_name` when nothing of the name can be part of an address, `exists` (409) when the name is taken
   */
  addProject(name: string): Promise<CatalogProject>;
  /**
   * Its slug and number stay. What is given of the settings takes the place of what was.
   * @throws HeedError `not_found` (404), `bad_name`
   */
  changeProject(id: string, change: { name?: string; settings?: Partial<ProjectSettings> }): Promise<CatalogProject>;
  /** All of its keys are refused from now on: nothing more comes while the rest of it is removed. @throws as `removeProject` */
  retireProject(id: string): Promise<void>;
  /** With its keys. @throws HeedError `not_found` (404), `conflict` (409) for the first project, which is always there */
  removeProject(id: string): Promise<void>;
  /** @throws HeedError `not_found` (404), `too_many_keys` (507) above 100 of a project */
  addKey(project: string, label: string): Promise<ProjectKey>;
  /** @throws HeedError `not_found` (404), `bad_name` for a label of no or more than 100 characters */
  changeKey(project: string, key: number, change: Partial<Pick<ProjectKey, 'label' | 'active' | 'mostPerMinute'>>): Promise<ProjectKey>;
}

/** One application that reports to Heed. */
export interface CatalogProject {
  /** Decimal. */
  id: string;
  slug: string;
  name: string;
  /** Public key, 32 hex digits: the first active one, or the first where none is. */
  key: string;
  created: number;
  /** Oldest first. */
  keys: ProjectKey[];
  settings: ProjectSettings;
}

export const MOST_KEYS = 100;
export const MOST_LABEL = 100;
