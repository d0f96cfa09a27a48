/** One archive of a file that a test makes; times are seconds. */
export interface ArchiveText {
  step: number;
  /** How many it can hold. */
  points: number;
  /** Where in the ring the archive begins, as time. */
  base?: number;
  held: [time: number, value: number][];
}

/** A file as whisper writes it: big-endian, each point at the slot that follows from the archive's first. */
export function fileOf(archives: ArchiveText[], { method = 1, xFilesFactor = 0.5 } = {}): Buffer {
  const header = 16 + archives.length * 12;
  const bytes = Buffer.alloc(header + archives.reduce((sum, { points }) => sum + points * 12, 0));
  bytes.writeUInt32BE(method, 0);
  bytes.writeUInt32BE(Math.max(0, ...archives.map(({ step, points }) => step * points)), 4);
  bytes.writeFloatBE(xFilesFactor, 8);
  bytes.writeUInt32BE(archives.length, 12);
  let offset = header;
  for (const [i, { step, points, held, base = held[0]?.[0] ?? 0 }] of archives.entries()) {
    for (const [k, value] of [offset, step, points].entries()) bytes.writeUInt32BE(value, 16 + i * 12 + k * 4);
    for (const [time, value] of held) {
      const slot = ((((time - base) / step) % points) + points) % points;
      bytes.writeUInt32BE(time, offset + slot * 12);
      bytes.writeDoubleBE(value, offset + slot * 12 + 4);
    }
    offset += points * 12;
  }
  return bytes;
}
