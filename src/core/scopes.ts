/** What a token may do, by Sentry's names where Sentry has one; what each is good for, as people choose. */
export const SCOPES = {
  'metrics:read': 'look at metrics, dashboards and marks; enough for Grafana',
  'metrics:write': 'mark releases, change dashboards',
  'event:read': 'look at issues, events, their files, jobs and runs',
  'event:write': 'resolve, archive, merge and comment issues',
  'event:admin': 'remove issues and files',
  'project:read': 'look at projects, their keys and settings',
  'project:write': 'make and change projects, keys and what is expected of jobs',
  'project:admin': 'remove projects and jobs',
  'project:releases': 'tell of releases and deploys, upload source maps',
  'org:read': 'look at the organisation, its teams and environments',
  'org:ci': "what a build needs: Sentry's scope of builds",
  'org:admin': 'everything, these tokens, backups and removal of series too',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof SCOPES;

/** What a scope brings with it. */
const BRINGS: Partial<Record<Scope, readonly Scope[]>> = {
  'metrics:write': ['metrics:read'],
  'event:write': ['event:read'],
  'event:admin': ['event:write'],
  'project:write': ['project:read'],
  'project:admin': ['project:write'],
  'org:ci': ['org:read', 'project:read', 'project:releases'],
  'org:admin': Object.keys(SCOPES).filter((name) => name !== 'org:admin') as Scope[],
};

export const isScope = (name: string): name is Scope => Object.hasOwn(SCOPES, name);

/** All that comes with these, in the order of SCOPES. */
export function allScopes(given: readonly Scope[]): Scope[] {
  const all = new Set<Scope>();
  const add = (scope: Scope): void => {
    if (all.has(scope)) return;
    all.add(scope);
    BRINGS[scope]?.forEach(add);
  };
  given.forEach(add);
  return (Object.keys(SCOPES) as Scope[]).filter((scope) => all.has(scope));
}
