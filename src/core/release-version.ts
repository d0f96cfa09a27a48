/** A version that can be ordered. */
interface Version {
  name: string;
  numbers: number[];
  /** What comes after `-`; empty for a finished version. */
  pre: string[];
}

/** Parses `shop@1.2.3-rc.1+build`; undefined for what has no such shape, e.g. a commit. */
function parseVersion(release: string): Version | undefined {
  const found = /^([^@\s]+)@v?(\d{1,9}(?:\.\d{1,9}){1,3})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]*)?$/.exec(release);
  if (!found) return undefined;
  return { name: found[1], numbers: found[2].split('.').map(Number), pre: found[3]?.split('.') ?? [] };
}

/**
 * Compares as https://semver.org does when both are versions of one package: below 0 when `a` is older, above when it is newer,
 * 0 when equal; undefined when they cannot be compared so.
 */
export function compareReleases(a: string, b: string): number | undefined {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (!left || !right || left.name !== right.name) return undefined;
  for (let i = 0; i < 4; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  // A version is newer than what led to it.
  if (left.pre.length === 0 || right.pre.length === 0) return right.pre.length - left.pre.length;
  for (let i = 0; i < Math.max(left.pre.length, right.pre.length); i++) {
    const difference = comparePart(left.pre[i], right.pre[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left && right) return Number(a) - Number(b);
  if (left !== right) return left ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
