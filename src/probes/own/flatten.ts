/** A number found in what a collector answered. */
export interface FoundNumber {
  /** Keys on the way to it, joined by dots; empty for an answer that is a number. */
  path: string;
  value: number;
}

const MAX_DEPTH = 64;

/**
 * Numbers in a nested value, named by the keys on the way, as Salt's carbon returner names them: booleans count 1 and 0, and texts that are
 * numbers are numbers. Lists, other texts and nothing are passed over, which the returner does not survive. A dot or a blank in a key would
 * make another level, so it becomes `_`.
 * @throws Error when there are more than `most`
 */
export function flatten(value: unknown, most: number): FoundNumber[] {
  const found: FoundNumber[] = [];
  const add = (at: unknown, path: string, depth: number): void => {
    const number = numberOf(at);
    if (number !== undefined) {
      if (found.length === most) throw new Error(`it answers more than ${most} numbers; leave out what nobody looks at`);
      found.push({ path, value: number });
    } else if (typeof at === 'object' && at !== null && !Array.isArray(at) && depth < MAX_DEPTH) {
      for (const [key, below] of Object.entries(at)) {
        const part = key.replaceAll(/[.\s;]+/g, '_');
        add(below, path === '' ? part : `${path}.${part}`, depth + 1);
      }
    }
  };
  add(value, '', 0);
  return found;
}

function numberOf(value: unknown): number | undefined {
  const number =
    typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '')
      ? Number(value)
      : NaN;
  return Number.isFinite(number) ? number : undefined;
}
