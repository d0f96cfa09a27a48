/** Columns of unsigned numbers; the index is made of these, so that a million series are a few dozen objects. */
export type Column = Uint8Array | Uint16Array | Uint32Array;

/** The column with room for `length` entries: itself, or a copy with at least twice the room. New entries are 0. */
export function grown<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  const larger = new (column.constructor as new (length: number) => T)(Math.max(length, column.length * 2));
  larger.set(column);
  return larger;
}

/** What a part of the index is made of, by name: as it is written to a snapshot and read back. */
export type Sections = Map<string, Uint8Array>;

export function putSection(sections: Sections, name: string, column: Column): void {
  sections.set(name, new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
}

/** A section as a column of its own; the section's buffer is taken over, not copied. */
export function takeSection<T extends Column>(sections: Sections, name: string, type: new (buffer: ArrayBufferLike, offset: number, length: number) => T): T {
  const bytes = sections.get(name);
  if (!bytes) throw new Error(`cannot read index snapshot: section ${name} is missing`);
  const size = (type as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
  return new type(bytes.buffer, bytes.byteOffset, bytes.byteLength / size);
}
