/** What a block holds: one retention rule's tier and window, from a range of sealed heads. */
export interface BlockKey {
  /** Number of the retention rule. */
  policy: number;
  tier: number;
  /** Seconds. */
  step: number;
  /** Seconds since 1970; the window's end is exclusive. */
  windowStart: number;
  windowEnd: number;
  /** A merged block covers the sequence numbers of its sources and so replaces them. */
  firstSequence: number;
  lastSequence: number;
  /** How often its points were merged or rolled up. */
  level: number;
}

/** A finished block file. Times are seconds. */
export interface BlockInfo extends BlockKey {
  path: string;
  series: number;
  points: number;
  bytes: number;
  minTime: number;
  maxTime: number;
}

/** The parts of a key that its file's name tells. */
export type BlockName = Pick<BlockKey, 'policy' | 'tier' | 'windowStart' | 'firstSequence' | 'lastSequence' | 'level'>;

/** `<policy>-<tier>-<windowStart>-<firstSequence>-<lastSequence>-<level>.blk`, different for every block of a store. */
export function blockFileName(key: BlockName): string {
  return `${key.policy}-${key.tier}-${key.windowStart}-${key.firstSequence}-${key.lastSequence}-${key.level}.blk`;
}

/** Reads a file name that blockFileName wrote; undefined for any other, such as a `.tmp` that a crash left. */
export function parseBlockFileName(name: string): BlockName | undefined {
  const found = /^(\d+)-(\d+)-(\d+)-(\d+)-(\d+)-(\d+)\.blk$/.exec(name);
  if (!found) return undefined;
  const [policy, tier, windowStart, firstSequence, lastSequence, level] = found.slice(1).map(Number);
  return { policy, tier, windowStart, firstSequence, lastSequence, level };
}
