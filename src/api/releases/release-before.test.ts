import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Known, releaseBefore } from './release-before.ts';

const release = (version: string, began: number, projects = [1]): Known => ({ version, began, projects });

test('the release before is the next lower version, or where versions do not tell the one that began last', () => {
  const all = [release('shop@1.9.0', 1), release('shop@1.10.0', 5), release('shop@2.0.0', 7), release('shop@1.10.1', 9), release('web@1.10.0', 8, [2])];
  assert.equal(releaseBefore(all[3], all)?.version, 'shop@1.10.0', 'a mend of an older branch');
  assert.equal(releaseBefore(all[1], all)?.version, 'shop@1.9.0');
  assert.equal(releaseBefore(all[0], all), undefined);
  const commits = [release('9f2c', 1), release('00ab', 5), release('77ee', 3)];
  assert.equal(releaseBefore(commits[1], commits)?.version, '77ee');
  assert.equal(releaseBefore(release('shop@3.0.0', 9), [release('9f2c', 8), release('shop@2.0.0', 2)])?.version, 'shop@2.0.0');
});
