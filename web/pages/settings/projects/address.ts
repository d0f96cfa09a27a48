import { pageLink } from '../../../state/router.ts';

const PATH = '/settings/projects';

/** Tabs of a project's page. */
export const TABS = [
  { key: 'setup', text: 'Set up' },
  { key: 'keys', text: 'Keys' },
  { key: 'grouping', text: 'Grouping' },
  { key: 'privacy', text: 'Privacy' },
  { key: 'origins', text: 'Origins' },
  { key: 'general', text: 'General' },
] as const;
export type Tab = (typeof TABS)[number]['key'];

/** `/settings/projects/shop`: the project's slug; empty for the list. */
export const slugIn = (path: string): string => decodeURIComponent(path.slice(PATH.length + 1).split('/')[0]);

export function tabOf(params: URLSearchParams): Tab {
  return TABS.find(({ key }) => key === params.get('tab'))?.key ?? 'setup';
}

export const projectLink = (slug: string, tab: Tab = 'setup'): string =>
  pageLink(slug === '' ? PATH : `${PATH}/${encodeURIComponent(slug)}`, tab === 'setup' ? {} : { tab });

/** The rules of a project with one more, not saved yet. */
export const rulesLink = (slug: string, rule: string): string => pageLink(`${PATH}/${encodeURIComponent(slug)}`, { tab: 'grouping', rule });

/** Rules with the one in front that the address brings: the first that matches is taken. */
export function withRule(rules: string, params: URLSearchParams): string {
  const rule = params.get('rule') ?? '';
  return rule === '' || rules.split('\n').includes(rule) ? rules : [rule, rules].filter((text) => text !== '').join('\n');
}
