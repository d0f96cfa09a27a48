/** What is for another thread and comes in one turn of the event loop goes there as one message: many small ones cost more than what is in them. */
export class Outbox<Message> {
  readonly #post: (messages: Message[], transfer: ArrayBuffer[]) => void;
  #messages: Message[] = [];
  #transfer: ArrayBuffer[] = [];

  constructor(post: (messages: Message[], transfer: ArrayBuffer[]) => void) {
    this.#post = post;
  }

  /** It goes when this turn is over; memory in `transfer` goes with it. */
  push(message: Message, transfer: readonly ArrayBuffer[] = []): void {
    this.#transfer.push(...transfer);
    if (this.#messages.push(message) === 1) setImmediate(() => this.flush());
  }

  /** Sends what waits now. */
  flush(): void {
    if (this.#messages.length === 0) return;
    const [messages, transfer] = [this.#messages, this.#transfer];
    [this.#messages, this.#transfer] = [[], []];
    this.#post(messages, transfer);
  }
}
