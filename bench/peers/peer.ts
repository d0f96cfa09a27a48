import type { Child } from '../process/child.ts';

/** A program measured in a bench: ours or one that people use today. */
export interface Peer {
  name: string;
  /** Why it cannot be measured here, or empty. */
  missing(): string;
  start(processor: string): Promise<RunningPeer>;
}

export interface RunningPeer {
  child: Child;
  /** Ports of the protocols it takes. */
  ports: { statsd?: number; carbon?: number; pickle?: number; http?: number; admin?: number };
  folder: string;
  stop(): Promise<void>;
}
