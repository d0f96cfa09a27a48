/** How many wrong passwords at once, and after how long one more. */
interface Allowance {
  most: number;
  /** Milliseconds. */
  each: number;
}

/** 10 and then one a minute: 69 in the first hour and 60 in each after it. */
const PER_ACCOUNT: Allowance = { most: 10, each: 60_000 };
/** An office may share an address. */
const PER_ADDRESS: Allowance = { most: 30, each: 30_000 };
/** Accounts and addresses that are kept in mind; the one that was tried longest ago goes first. */
const MOST_KEPT = 10_000;

/**
 * Bounds guesses of passwords by account and by address (trust.md A2 20), whether there is such an account or not. What was right is
 * given back. In memory: a start forgives, which nobody outside can make happen.
 */
export class Guesses {
  readonly #accounts = new Map<string, Bucket>();
  readonly #addresses = new Map<string, Bucket>();

  /** Takes a guess. @returns milliseconds until the next is free; 0 when this one was taken */
  take(account: string, address: string, now: number): number {
    const buckets = this.#of(account, address, now);
    const wait = Math.max(...buckets.map(({ level, rule }) => (level >= 1 ? 0 : Math.ceil((1 - level) * rule.each))));
    if (wait === 0) for (const bucket of buckets) bucket.level--;
    return wait;
  }

  /** The guess was right. */
  giveBack(account: string, address: string, now: number): void {
    for (const bucket of this.#of(account, address, now)) bucket.level = Math.min(bucket.rule.most, bucket.level + 1);
  }

  #of(account: string, address: string, now: number): Bucket[] {
    return [filled(this.#accounts, account, PER_ACCOUNT, now), filled(this.#addresses, networkOf(address), PER_ADDRESS, now)];
  }
}

interface Bucket {
  level: number;
  time: number;
  rule: Allowance;
}

function filled(buckets: Map<string, Bucket>, key: string, rule: Allowance, now: number): Bucket {
  const bucket = buckets.get(key) ?? { level: rule.most, time: now, rule };
  bucket.level = Math.min(rule.most, bucket.level + Math.max(0, now - bucket.time) / rule.each);
  bucket.time = now;
  buckets.delete(key);
  buckets.set(key, bucket);
  if (buckets.size > MOST_KEPT) for (const oldest of buckets.keys()) return (buckets.delete(oldest), bucket);
  return bucket;
}

/** Who has one IPv6 address has the 2⁶⁴ of its network. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head, tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  while (groups.length + after.length < 8) groups.push('0');
  return [...groups, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
