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
    const passed = Math.max(0, now - this.#at);
    this.#tokens = Math.min(this.#burst, this.#tokens + (passed / 60_000) * this.#perMinute);
    this.#at = now;
    const given = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= given;
    return given;
  }
}
