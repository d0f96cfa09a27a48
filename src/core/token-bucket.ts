/** Lets through so many in a minute, after a pause as many at once as the burst says: all of them, where it says nothing. */
export class TokenBucket {
  readonly #perMinute: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(perMinute: number, now: number, burst = perMinute) {
    this.#perMinute = perMinute;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = now;
  }

  /** How many of `wanted` may pass now. @param now milliseconds; may be set back */
  take(wanted: number, now: number): number {
    this.#fill(now);
    const given = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= given;
    return given;
  }

  /** Milliseconds until the next may pass; 0 for now. */
  wait(now: number): number {
    this.#fill(now);
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 60_000) / this.#perMinute);
  }

  /** One that passed did not count. */
  giveBack(): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + 1);
  }

  #fill(now: number): void {
    const passed = Math.max(0, now - this.#at);
    this.#tokens = Math.min(this.#burst, this.#tokens + (passed / 60_000) * this.#perMinute);
    this.#at = now;
  }
}
