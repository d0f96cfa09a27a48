type Global = WebAssembly.Global<'i32'>;

/** The exports of assembly/index.ts. Addresses are byte offsets in the memory. */
export interface StatsdWasm {
  init(
    series: number,
    arenaBytes: number,
    pages: number,
    members: number,
    inputBytes: number,
    slots: number,
    slotBytes: number,
    overflowBytes: number,
    seed: bigint,
  ): void;
  setHistograms(kind: number): void;
  records: Global;
  pages: Global;
  input: Global;
  scratch: Global;
  headers: Global;
  senders: Global;
  vectors: Global;
  packets: Global;
  overflow: Global;
  enter(name: number, nameBytes: number, tags: number, tagBytes: number, kind: number, target: number): number;
  release(index: number): void;
  seriesInUse(): number;
  cursor: Global;
  pendingName: Global;
  pendingNameBytes: Global;
  pendingTags: Global;
  pendingTagBytes: Global;
  pendingKind: Global;
  lines: Global;
  refused: Global;
  clearParsed(): void;
  skipLine(): void;
  startPackets(count: number): number;
  startInput(bytes: number): number;
  resume(): number;
  batchBytes: Global;
  cutPackets: Global;
  applyNumber(index: number, kind: number, value: number, weight: number, signed: number): void;
  applyMember(index: number, at: number, bytes: number): void;
  swap(): void;
  flushedBank(): number;
  isBusy(index: number): number;
  gaugeAtEnd(index: number): number;
  clearBank(index: number, kind: number, bank: number): void;
  clearBoth(index: number, kind: number): void;
  samplesDropped: Global;
  membersDropped: Global;
  clearDrops(): void;
  copySamples(bank: number, to: number): number;
}

/** Distances inside the records, banks and sketches of assembly/layout.ts and assembly/timers.ts. */
export const LAYOUT = {
  recordBytes: 64,
  kind: 16,
  target: 20,
  /** The two banks' distances together. */
  bothBanks: 24 + 40,
  latest: 56,
  amount: 0,
  touches: 8,
  page: 12,
  octaves: 32,
  exactSamples: 256,
} as const;
