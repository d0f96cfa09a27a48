import type { EchoLine, LiveTopic, NowAnswer } from '../contract.ts';
import type { EventStream } from './sse.ts';
import { formatEvent } from './sse.ts';

/** Where the hub gets what it sends. */
export interface LiveSources {
  now(): Promise<NowAnswer>;
  /** Lines that came after the line with this id, oldest first. */
  echo(after: number): Promise<EchoLine[]>;
}

interface Watcher {
  topics: ReadonlySet<LiveTopic>;
  /** Id of the last echo line that it was sent. */
  lastLine: number;
}

const NOW_EVERY = 1000;
const ECHO_EVERY = 200;
const BEAT_EVERY = 15_000;

/**
 * Everybody who watches live. Answers are made once for all of them, and only while somebody watches the topic. Lines
 * of the echo are sent within 200 ms; no two rounds of a topic overlap.
 */
export class LiveHub {
  readonly #sources: LiveSources;
  readonly #watchers = new Map<EventStream, Watcher>();
  #timers: NodeJS.Timeout[] = [];

  constructor(sources: LiveSources) {
    this.#sources = sources;
  }

  /** Sends the present state to a new stream, then all that is new until `remove`. */
  add(stream: EventStream, topics: ReadonlySet<LiveTopic>): void {
    this.#watchers.set(stream, { topics, lastLine: 0 });
    if (this.#timers.length === 0) {
      this.#timers = [
        setInterval(
          neverTwice(() => this.#sendNow()),
          NOW_EVERY,
        ),
        setInterval(
          neverTwice(() => this.#sendEcho()),
          ECHO_EVERY,
        ),
        setInterval(() => this.#watchers.forEach((_, stream) => stream.beat()), BEAT_EVERY),
      ];
    }
    if (topics.has('now')) void this.#sources.now().then((answer) => stream.send(formatEvent('now', JSON.stringify(answer))), ignore);
  }

  remove(stream: EventStream): void {
    this.#watchers.delete(stream);
    if (this.#watchers.size === 0) this.#stop();
  }

  #stop(): void {
    this.#timers.forEach((timer) => clearInterval(timer));
    this.#timers = [];
  }

  async #sendNow(): Promise<void> {
    if (!this.#of('now').length) return;
    const event = formatEvent('now', JSON.stringify(await this.#sources.now()));
    for (const [stream] of this.#of('now')) stream.send(event);
  }

  async #sendEcho(): Promise<void> {
    const watching = this.#of('echo');
    if (!watching.length) return;
    // Who has just come has seen nothing yet and gets all lines that are still known.
    const after = Math.min(...watching.map(([, watcher]) => watcher.lastLine));
    const lines = await this.#sources.echo(after);
    if (lines.length === 0) return;
    for (const [stream, watcher] of watching) {
      const unseen = lines.filter((line) => line.id > watcher.lastLine);
      if (unseen.length === 0) continue;
      watcher.lastLine = unseen[unseen.length - 1].id;
      stream.send(formatEvent('echo', JSON.stringify(unseen)));
    }
  }

  #of(topic: LiveTopic): [EventStream, Watcher][] {
    return [...this.#watchers].filter(([, { topics }]) => topics.has(topic));
  }
}

/** A round that fails (a worker that restarts) is left out; the next one comes by itself. */
function ignore(): void {}

/** Leaves a round out while the last one still runs. */
function neverTwice(round: () => Promise<void>): () => void {
  let running = false;
  return () => {
    if (running) return;
    running = true;
    void round()
      .catch(ignore)
      .finally(() => {
        running = false;
      });
  };
}
