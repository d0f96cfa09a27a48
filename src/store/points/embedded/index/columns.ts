/** Columns of unsigned numbers; the index is made of these, so that a million series are a few dozen objects. */
export type Column = Uint8Array | Uint16Array | Uint32Array;

/** The column with room for `length` entries: itself, or a copy with at least twice the room. New entries are 0. */
export function grown<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  const larger = new (column.constructor as new (length: number) => T)(Math.max(length, column.length * 2));
  larger.set(column);
  return larger;
}

/**
 * What must be kept of a part of the index, by name: as it is written to a snapshot and read back. Columns that only grow share the part's
 * memory, others are copies, so that sections stay as they are while the index goes on.
 */
export type Sections = Map<string, Column>;

/**
 * Takes a section over, not copied.
 * @throws Error when it is missing, or another type of column
 */
export function takeSection<T extends Column>(sections: Sections, name: string, type: new (length: number) => T): T {
  const column = sections.get(name);
  if (!(column instanceof type)) throw new Error(`cannot read index snapshot: section ${name} is missing`);
  return column;
}
