import { TokenBucket } from '../../core/token-bucket.ts';

/** How many wrong passwords at once, and how many a minute after that. */
interface Allowance {
  burst: number;
  perMinute: number;
}

/** 69 in the first hour and 60 in each after it. */
const PER_ACCOUNT: Allowance = { burst: 10, perMinute: 1 };
/** An office may share an address. */
const PER_ADDRESS: Allowance = { burst: 30, perMinute: 2 };
/** Accounts and addresses that are kept in mind; the one that was tried longest ago goes first. */
const MOST_KEPT = 10_000;

/**
 * Bounds guesses of passwords by account and by address (trust.md A2 20), whether there is such an account or not. What was right is
 * given back. In memory: a start forgives, which nobody outside can make happen.
 */
export class Guesses {
  readonly #accounts = new Map<string, TokenBucket>();
  readonly #addresses = new Map<string, TokenBucket>();

  /** Takes a guess. @returns milliseconds until the next is free; 0 when this one was taken */
  take(account: string, address: string, now: number): number {
    const buckets = this.#of(account, address, now);
    const wait = Math.max(...buckets.map((bucket) => bucket.wait(now)));
    if (wait === 0) for (const bucket of buckets) bucket.take(1, now);
    return wait;
  }

  /** The guess was right. */
  giveBack(account: string, address: string, now: number): void {
    for (const bucket of this.#of(account, address, now)) bucket.giveBack();
  }

  #of(account: string, address: string, now: number): TokenBucket[] {
    return [kept(this.#accounts, account, PER_ACCOUNT, now), kept(this.#addresses, networkOf(address), PER_ADDRESS, now)];
  }
}

function kept(buckets: Map<string, TokenBucket>, key: string, { burst, perMinute }: Allowance, now: number): TokenBucket {
  const bucket = buckets.get(key) ?? new TokenBucket(perMinute, now, burst);
  buckets.delete(key);
  buckets.set(key, bucket);
  const [oldest] = buckets.keys();
  if (buckets.size > MOST_KEPT) buckets.delete(oldest);
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
