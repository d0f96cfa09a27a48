import type { JSX } from 'preact';
import { route } from '../../state/router.ts';
import { definePage } from '../page.ts';
import { issueAddress, PATH } from './address.ts';
import { IssuePage } from './issue-page.tsx';
import { ErrorsList } from './list.tsx';

/** The list, or the issue that the address names. */
function Errors(): JSX.Element {
  const named = issueAddress(route.value.path);
  return named === undefined ? <ErrorsList /> : <IssuePage key={named.issue} id={named.issue} event={named.event} />;
}

export default definePage({
  path: PATH,
  title: 'Errors',
  icon: 'errors',
  key: 'e',
  order: 2,
  flush: true,
  deep: true,
  count: ({ issues }) => (issues.new > 0 ? `${issues.new} new` : issues.regressed > 0 ? `${issues.regressed} back` : ''),
  view: Errors,
});
