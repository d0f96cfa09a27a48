/** Lets through so many in a minute, all of them at once if they come so after a pause. */
export class TokenBucket {
  readonly #perMinute: number;
  #tokens: number;
  #at: number;

  constructor(perMinute: number, now: number) {
    this.#perMinute = perMinute;
    this.#tokens = perMinute;
    this.#at = now;
  }

  /** How many of `wanted` may pass now. @param now milliseconds; may be set back */
  take(wanted: number, now: number): number {
    const passed = Math.max(0, now - this.#at);
    this.#tokens = Math.min(this.#perMinute, this.#tokens + (passed / 60_000) * this.#perMinute);
    this.#at = now;
    const given = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= given;
    return given;
  }
}
