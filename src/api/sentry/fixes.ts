import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import type { Commit, Release } from '../../store/catalog/releases.ts';

/** `Fixes SHOP-1A`, `closes: SHOP-1, SHOP-2`, `Resolved SHOP-3 and SHOP-4`, as Sentry reads them. */
const SENTENCES = /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)):?\s{1,10}([\w\s,&#-]{1,500})/gi;
const SHORT_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}-[0-9A-Za-z]{1,11}$/;
const MOST = 100;

/** Short ids of the issues that a commit's message says it mends, in capitals. */
export function fixedBy(message: string): string[] {
  const ids = new Set<string>();
  for (const [, rest] of message.slice(0, 10_000).matchAll(SENTENCES)) {
    for (const word of rest.split(/[\s,&#]+/)) {
      if (SHORT_ID.test(word)) ids.add(word.toUpperCase());
      // The list ends with the first other word.
      else if (word !== '' && word.toLowerCase() !== 'and') break;
    }
  }
  return [...ids];
}

/** Resolves, in the release, what its new commits say that they mend, where the issue is of a project of the release. */
export async function resolveFixed(errors: Pick<ErrorsStore, 'issueByShortId' | 'change'>, release: Release, commits: readonly Commit[]): Promise<void> {
  let left = MOST;
  for (const { message, author, email } of commits) {
    for (const id of fixedBy(message)) {
      if (left-- <= 0) return;
      const issue = await errors.issueByShortId(id);
      if (issue && release.projects.includes(issue.project) && issue.state !== 'resolved')
        await errors.change([issue.id], { do: 'resolve', until: { inRelease: release.version } }, author || email || 'a commit');
    }
  }
}
