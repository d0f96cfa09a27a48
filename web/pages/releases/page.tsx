import type { JSX } from 'preact';
import { route } from '../../state/router.ts';
import { definePage } from '../page.ts';
import { PATH, versionOf } from './address.ts';
import { ReleasesList } from './list.tsx';
import { ReleasePage } from './release-page.tsx';

/** The list, or the release that the address names. */
function Releases(): JSX.Element {
  const version = versionOf(route.value.path);
  return version === undefined ? <ReleasesList /> : <ReleasePage key={version} version={version} />;
}

export default definePage({ path: PATH, title: 'Releases', icon: 'releases', key: 'r', order: 7, flush: true, deep: true, view: Releases });
